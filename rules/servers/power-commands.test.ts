import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  foregoneOutcome,
  isSettled,
  nextPush,
  type Power,
  type PowerDeed,
  type PowerOutcome,
  reachedOutcome,
  toldOutcome,
} from './power-commands.js';

const power = suite('[SVC-04] what a power command comes to');

const foregone: readonly [PowerDeed, Power, string | undefined][] = [
  ['on', 'on', 'already_on'],
  ['on', 'off', undefined],
  ['off', 'off', 'already_off'],
  ['off', 'on', undefined],
  ['cycle', 'off', 'is_off'],
  ['cycle', 'on', undefined],
  ['reset', 'off', 'is_off'],
  ['reset', 'on', undefined],
];
for (const [deed, found, outcome] of foregone) {
  power(`${deed} of a machine that is ${found}: ${outcome ?? 'is asked of it'}`, () => {
    assert.is(foregoneOutcome(deed, found), outcome);
  });
}

const pushes: readonly [PowerDeed, Power, boolean, string | undefined][] = [
  ['on', 'off', false, 'on'],
  ['on', 'off', true, 'on'],
  ['on', 'on', true, undefined],
  ['off', 'on', true, 'off'],
  ['off', 'off', true, undefined],
  ['cycle', 'on', false, 'cycle'],
  ['cycle', 'on', true, undefined],
  ['cycle', 'off', true, 'on'],
  ['reset', 'on', false, 'reset'],
  ['reset', 'on', true, undefined],
  ['reset', 'off', true, 'on'],
];
for (const [deed, found, asked, push] of pushes) {
  power(
    `${deed}, ${asked ? 'asked once already' : 'not asked yet'}, found ${found}: ${push ?? 'nothing'} is asked`,
    () => {
      assert.is(nextPush(deed, { power: found, asked }), push);
    },
  );
}

const settled: readonly [PowerDeed, Power, boolean, number, boolean][] = [
  ['on', 'on', false, 0, true],
  ['on', 'off', false, 99_000, false],
  ['off', 'off', false, 0, true],
  ['off', 'on', false, 99_000, false],
  ['cycle', 'on', false, 9_999, false], // its "off" may be still to come
  ['cycle', 'on', false, 10_000, true], //  or was too short to be seen
  ['cycle', 'off', true, 10_000, false],
  ['cycle', 'on', true, 2_000, true],
  ['reset', 'on', false, 1_000, true],
  ['reset', 'off', false, 1_000, false],
];
for (const [deed, found, wasOff, watchedMs, rests] of settled) {
  power(`${deed}: ${found} after ${watchedMs} ms${wasOff ? ', seen off' : ''} is ${rests ? '' : 'not '}the end`, () => {
    assert.is(isSettled(deed, { power: found, wasOff, watchedMs, dipMs: 10_000 }), rests);
  });
}

const told: readonly [PowerOutcome, boolean, PowerOutcome][] = [
  ['no_answer', false, 'no_answer'],
  ['no_answer', true, 'unconfirmed'],
  ['wrong_machine', false, 'wrong_machine'],
  ['wrong_machine', true, 'unconfirmed'],
  ['bmc_refused', true, 'unconfirmed'],
  ['suspended', false, 'suspended'],
  ['suspended', true, 'unconfirmed'],
  ['not_reached', true, 'not_reached'],
  ['restarted', true, 'restarted'],
  ['already_off', true, 'already_off'],
];
for (const [outcome, asked, said] of told) {
  power(`${outcome} of a machine that was ${asked ? '' : 'not '}asked is told as ${said}`, () => {
    assert.is(toldOutcome(outcome, asked), said);
  });
}

power('a restart that nobody can prove is not called one', () => {
  for (const deed of ['cycle', 'reset'] as const) {
    assert.is(reachedOutcome(deed, true), 'restarted');
    assert.is(reachedOutcome(deed, false), 'unconfirmed');
  }
});

power('a switched machine proves it by its state', () => {
  assert.is(reachedOutcome('on', false), 'switched_on');
  assert.is(reachedOutcome('off', false), 'switched_off');
});

power.run();
