import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { asHostName } from './host-name.js';

const names = suite('[CAT-02] host names');

const long = `${'a'.repeat(63)}.`.repeat(3);
const table: [typed: string, expected: string | undefined][] = [
  ['web-4.haut-jura.example', 'web-4.haut-jura.example'],
  [' WEB-4.Haut-Jura.Example. ', 'web-4.haut-jura.example'],
  ['архів.карпати.example', 'xn--80ae5bu9f.xn--80aayf0afq.example'],
  ['münchen.example', 'xn--mnchen-3ya.example'],
  ['1.example', '1.example'],
  [`${'a'.repeat(63)}.example`, `${'a'.repeat(63)}.example`],
  [`${'a'.repeat(64)}.example`, undefined],
  [`${long}${'a'.repeat(61)}`, `${long}${'a'.repeat(61)}`],
  [`${long}${'a'.repeat(62)}`, undefined],
  ['web-4', undefined],
  ['', undefined],
  ['.', undefined],
  ['a..example', undefined],
  ['.a.example', undefined],
  ['-a.example', undefined],
  ['a-.example', undefined],
  ['a_b.example', undefined],
  ['a b.example', undefined],
  ['192.0.2.1', undefined],
  ['0x7f.1', undefined],
  ['[::1]', undefined],
  ['a.example/path', undefined],
  ['user@a.example', undefined],
  ['a.example:22', undefined],
  ['%61.example', undefined],
  ['<script>.example', undefined],
  ['💥.example', undefined],
];

for (const [typed, expected] of table) {
  names(`"${typed.slice(0, 40)}" is ${expected ? 'taken' : 'refused'}`, () => assert.is(asHostName(typed), expected));
}

names.run();
