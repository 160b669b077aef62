import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasPhrase, phrase } from '../../locales/phrases.js';
import { languages } from '../../rules/accounts/languages.js';
import { contracts } from '../../workflows/messages/index.js';
import { type ProcessName, processStates } from '../../workflows/messages/process-states.js';
import { processNext, processWords } from './process-words.js';

const words = suite('[STF-07] one timeline: a sentence for every state of every process');

/** Unions of states that are no process's: a thing's own, which processes and people move. */
const ofThings = ['server-status.ts', 'service-status.ts'];

words('every process that there is says its states', () => {
  const named = Object.keys(processStates);
  assert.equal(
    contracts.map(({ type }) => type).filter((type) => !named.includes(type)),
    [],
    'name them in workflows/messages/process-states.ts',
  );
});

words('every union of states in the rules is some process’s, or named here as a thing’s', () => {
  const source = readFileSync('workflows/messages/process-states.ts', 'utf8');
  const files = readdirSync('rules', { recursive: true, encoding: 'utf8' }).filter((file) => /-status\.ts$/.test(file));
  assert.ok(files.length > 5);
  const forgotten = files.filter(
    (file) => !ofThings.some((thing) => file.endsWith(thing)) && !source.includes(file.replace('.ts', '.js')),
  );
  assert.equal(forgotten, []);
});

words('every union that a process answers a query with is walked', () => {
  const folder = 'workflows/messages';
  const asked = readdirSync(folder).flatMap((file) =>
    [...readFileSync(join(folder, file), 'utf8').matchAll(/defineQuery<(\w+)>/g)].map(([, union = '']) => union),
  );
  const walked = ['OrderStatus', 'CollectionStatus', 'ProvisioningStep', 'CancellationStatus', 'PowerCommandStatus'];
  assert.equal(
    [...new Set(asked)].filter((union) => !walked.includes(union)),
    [],
  );
});

let walked = 0;
for (const [name, { states, isOver }] of Object.entries(processStates)) {
  for (const state of states) {
    walked++;
    words(`${name} ${state} is told in every language, and what comes next while it goes on`, () => {
      const said = (processWords[name as ProcessName] as Record<string, { told: string; next?: string }>)[state];
      if (!said) throw new Error(`no words for a ${name} that is ${state}: api/presenters/process-words.ts`);
      const over = (isOver as (state: string) => boolean)(state);
      assert.is(said.next === undefined, over, over ? 'it is over' : 'what happens next?');
      const keys = [said.told, ...(said.next ? [said.next] : [])];
      const missing = languages.flatMap((language) =>
        keys.filter((key) => !hasPhrase(language, key)).map((key) => `${language}: ${key}`),
      );
      assert.equal(missing, []);
      for (const key of keys) for (const language of languages) assert.match(phrase(language, key, {}), /\p{L}{2}.* /u);
    });
  }
}

words('none is left out', () => {
  assert.ok(walked > 60, `${walked} states`);
  assert.is(processNext('en', 'order', 'active'), undefined);
  assert.match(processNext('en', 'serviceCancellation', 'scheduled', { endsOn: 'April 1' }) ?? '', 'April 1');
});

words.run();
