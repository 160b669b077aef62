import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { languages } from '../../rules/accounts/languages.js';
import { isIcon } from './icons.js';
import { pill, pillStates } from './pill.js';

const pills = suite('pills');

pills('every state has a word in every language, a tone and an icon', () => {
  for (const { kind, state } of pillStates) {
    for (const language of languages) {
      const { text, tone, icon } = pill(language, kind as 'order', state as 'active');
      assert.ok(text.length > 1 && tone && isIcon(icon), `${kind} ${state}`);
    }
  }
});

pills('a state without a look is a mistake, not an empty pill', () => {
  assert.throws(() => pill('en', 'order', 'lost' as 'active'), /no look for a order that is lost/);
});

pills.run();
