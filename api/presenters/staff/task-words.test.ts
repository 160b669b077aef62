import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasPhrase } from '../../../locales/phrases.js';
import { languages } from '../../../rules/accounts/languages.js';

const words = suite('[STF-07] words of staff tasks');

interface Step {
  readonly name: string;
  readonly skippable: boolean;
}

/** Where a step's name is handed on from elsewhere: each has its own way of naming it, known below. */
const handedOn = [
  'workflows/durable/human-step.ts',
  'workflows/durable/compensations.ts',
  'workflows/billing/charge.ts',
];

const files = readdirSync('workflows', { recursive: true, encoding: 'utf8' })
  .map((file) => join('workflows', file))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8') }));

function named(pattern: RegExp, skippable: (match: RegExpMatchArray) => boolean): Step[] {
  return files.flatMap(({ text }) =>
    [...text.matchAll(pattern)].map((match) => ({ name: match[1] ?? '', skippable: skippable(match) })),
  );
}

const declared = named(/\bname: '(\w+)',\s*skippable: (true|false)/g, ([, , said]) => said === 'true');
const undone = named(/\.register\(\s*'(\w+)'/g, () => true);
const charged = named(/\bstep\('(\w+)'/g, () => false);

words('every step of a workflow that may become a task is found here', () => {
  const steps = declared.map(({ name }) => name);
  assert.ok(steps.includes('suspendService') && undone.length > 0 && charged.length > 0);
  for (const { path, text } of files.filter(({ path }) => !handedOn.includes(path))) {
    const literal = [...text.matchAll(/\bname: '\w+',\s*skippable: (true|false)/g)].length;
    const all = [...text.matchAll(/\bskippable\b\s*[:,}]/g)].length;
    assert.is(literal, all, `${path} names a step in a way that this test does not know`);
  }
});

for (const { name, skippable } of [...declared, ...undone, ...charged]) {
  words(`${name} says in every language what failed and what each answer does`, () => {
    const wanted = ['title', 'failed', 'retry', 'cancel', ...(skippable ? ['skip'] : [])];
    const missing = languages.flatMap((language) =>
      wanted.filter((word) => !hasPhrase(language, `staff:task.${name}.${word}`)).map((word) => `${language}: ${word}`),
    );
    assert.equal(missing, []);
  });
}

words.run();
