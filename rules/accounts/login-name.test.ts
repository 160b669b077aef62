import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isLoginName } from './login-name.js';

const names = suite('[IAM-02] login names');

const cases: [text: string, is: boolean][] = [
  ['elodie-m', true],
  ['Elodie.Martin_2', true],
  ['a'.repeat(64), true],
  ['a'.repeat(65), false],
  ['elodiem', false],
  ['élodie-martin', false],
  ['elodie martin', false],
  ['elodie@martin', false],
  ['elodie-martin\n', false],
  ['', false],
];
for (const [text, is] of cases)
  names(`${JSON.stringify(text)} is ${is ? 'one' : 'none'}`, () => assert.is(isLoginName(text), is));

names.run();
