import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type CodeVerdict, judgeCode, stepAt, stepsTaken } from './one-time-code.js';

const codes = suite('[IAM-05] one-time codes');

const steps: [at: string, step: number][] = [
  ['1970-01-01T00:00:59Z', 1],
  ['2005-03-18T01:58:29Z', 0x23523ec],
  ['2005-03-18T01:58:30Z', 0x23523ed],
  ['2005-03-18T01:58:59.999Z', 0x23523ed],
  ['2033-05-18T03:33:20Z', 0x3f940aa],
];
for (const [at, step] of steps) {
  codes(`at ${at} it is step ${step}`, () => {
    assert.is(stepAt(new Date(at)), step);
  });
}

codes('of one step before and after are taken, and no others', () => {
  assert.equal([...stepsTaken(new Date('1970-01-01T00:05:10Z'))].sort(), [10, 11, 9].sort());
});

const verdicts: [what: string, step: number | undefined, lastStep: number, verdict: CodeVerdict][] = [
  ['of no step near', undefined, 0, 'wrong'],
  ['never used before', 100, 0, 'right'],
  ['of the step after the last', 101, 100, 'right'],
  ['of the step that was used', 100, 100, 'used'],
  ['of a step before the last', 99, 100, 'used'],
];
for (const [what, step, lastStep, verdict] of verdicts) {
  codes(`one ${what} is ${verdict}`, () => {
    assert.is(judgeCode(step, lastStep), verdict);
  });
}

codes.run();
