import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RECOVERY_CODE_BYTES, spelledCode, writtenCode } from './recovery-codes.js';

const codes = suite('[IAM-05] recovery codes');

const written: [bytes: number[], code: string][] = [
  [[0, 0, 0, 0, 0, 0, 0, 0, 0, 0], '0000-0000-0000-0000'],
  [[255, 255, 255, 255, 255, 255, 255, 255, 255, 255], 'zzzz-zzzz-zzzz-zzzz'],
  [[0b00001_000, 0b10_00011_0, 0, 0, 0, 0, 0, 0, 0, 1], '1230-0000-0000-0001'],
];
for (const [bytes, code] of written) {
  codes(`${bytes} is written ${code}, and is read as it was written`, () => {
    assert.is(bytes.length, RECOVERY_CODE_BYTES);
    assert.is(writtenCode(Uint8Array.from(bytes)), code);
    assert.is(spelledCode(code), code.replaceAll('-', ''));
  });
}

const typed: [typed: string, spelled: string | undefined][] = [
  ['K7M2-9XW4-P3N8-Q5RT', 'k7m29xw4p3n8q5rt'],
  ['  k7m2 9xw4\tp3n8 q5rt ', 'k7m29xw4p3n8q5rt'],
  ['k7m2–9xw4–p3n8–q5rt', 'k7m29xw4p3n8q5rt'],
  ['oil0-oil0-oil0-oil0', '0110011001100110'],
  ['k7m2-9xw4-p3n8-q5r', undefined],
  ['k7m2-9xw4-p3n8-q5rt-0', undefined],
  ['к7m2-9xw4-p3n8-q5rt', undefined],
  ['k7m2-9xw4-p3n8-q5r\u0000', undefined],
  ['', undefined],
];
for (const [text, spelled] of typed) {
  codes(`${JSON.stringify(text)} ${spelled ? 'is one' : 'is none'}`, () => {
    assert.is(spelledCode(text), spelled);
  });
}

codes.run();
