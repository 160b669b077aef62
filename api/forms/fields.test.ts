import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { z } from 'zod';
import { isUuid, longText, text, tick, typedText, wholeNumber, wrongFields } from './fields.js';

const fields = suite('fields of forms');
const name = text({ min: 1, max: 10 });
const count = wholeNumber({ min: 1, max: 20 });

const good: [field: z.ZodType, typed: unknown, value: unknown][] = [
  [name, ' web-4 ', 'web-4'],
  [name, 'Сховище', 'Сховище'],
  [name, 'web\u202e4-b\u2066e\u2069', 'web4-be'],
  [name, 'שרת\u200f 4', 'שרת\u200f 4'],
  [name, '👩\u200d🔧', '👩\u200d🔧'],
  [text({ max: 9 }), ' \u200b', ''],
  [longText(20), '\u202aone\u202c\r\ntwo', 'one\ntwo'],
  [longText(20), '\u200b\n\u2060\ufeff', ''],
  [longText(20), ' one\r\ntwo ', 'one\ntwo'],
  [tick, 'on', true],
  [tick, undefined, false],
  [count, '20', 20],
];
for (const [field, typed, value] of good) {
  fields(`${JSON.stringify(typed)} is ${JSON.stringify(value)}`, () => {
    assert.is(field.parse(typed), value);
  });
}

const bad: [field: z.ZodType, typed: unknown][] = [
  ...[
    undefined,
    null,
    '',
    '   ',
    '\u200b\u00a0\u2060',
    '\u202e',
    'x'.repeat(11),
    ['a', 'b'],
    { a: 'b' },
    5,
    'a\u0000b',
    'a\nb',
    'a\u001bb',
  ].map((typed): [z.ZodType, unknown] => [name, typed]),
  ...['0', '21', '-1', '1.5', '1e1', '0x10', 'NaN', 'Infinity', ' 5', '', '９', ['5', '6'], '9'.repeat(400)].map(
    (typed): [z.ZodType, unknown] => [count, typed],
  ),
  [longText(3), 'four'],
  [longText(9), 'a\u0000'],
  [tick, 'yes'],
  [tick, ['on', 'on']],
];
for (const [field, typed] of bad) {
  fields(`${JSON.stringify(typed)?.slice(0, 40)} is refused`, () => {
    assert.is(field.safeParse(typed).success, false);
  });
}

fields('says which are wrong, in the order of the form', () => {
  const { error } = z.object({ a: name, b: name, c: name }).safeParse({ c: '', a: '', b: 'x', d: 'more' });
  assert.equal(wrongFields(error as z.ZodError, ['a', 'b', 'c']), ['a', 'c']);
});

fields('gives back what was typed, and nothing that was not text', () => {
  const body = JSON.parse('{"name":"x","list":["a"],"deep":{"a":"b"},"__proto__":"p"}');
  assert.equal(typedText(body).name, 'x');
  assert.equal([typedText(body).list, typedText(body).deep, typedText(undefined)], [undefined, undefined, {}]);
  assert.is(({} as { p?: string }).p, undefined);
});

fields('knows what may be looked up as a key', () => {
  assert.is(isUuid('0b0e7a3c-8d5f-4c5e-9d0f-0123456789ab'), true);
  for (const other of ['1', '', undefined, ['0b0e7a3c-8d5f-4c5e-9d0f-0123456789ab'], "0b0e7a3c'--"]) {
    assert.is(isUuid(other), false);
  }
});

fields.run();
