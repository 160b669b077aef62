import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deskRefusal, transferRefusal } from './collecting.js';

const desk = suite('[BIL-06] what staff may do to an invoice');

const cases: readonly (readonly [status: string, attempt: string | undefined, wanted: string | undefined])[] = [
  ['open', undefined, undefined],
  ['open', 'created', 'underWay'],
  ['open', 'processing', 'underWay'],
  ['open', 'requires_action', 'underWay'],
  ['open', 'unknown', 'unknown'],
  ['paid', undefined, 'closed'],
  ['void', undefined, 'closed'],
  ['uncollectible', undefined, 'closed'],
  ['void', 'unknown', 'closed'],
];
for (const [status, attempt, wanted] of cases) {
  desk(`${status}, with ${attempt ?? 'no attempt open'}: ${wanted ?? 'allowed'}`, () => {
    assert.is(deskRefusal({ status, attempt }), wanted);
  });
}

const transferCases = [
  ['open', undefined, false, undefined],
  ['open', undefined, true, undefined],
  ['open', 'processing', true, 'underWay'],
  ['uncollectible', undefined, false, undefined],
  ['paid', undefined, false, 'closed'],
  ['paid', undefined, true, undefined],
  ['void', undefined, false, 'closed'],
  ['void', undefined, true, undefined],
  ['void', 'unknown', true, 'unknown'],
  ['draft', undefined, true, 'closed'],
] as const;
for (const [status, attempt, asCredit, wanted] of transferCases) {
  const told = asCredit ? ', known to become credit' : '';
  desk(
    `a transfer for one that is ${status}, with ${attempt ?? 'no attempt open'}${told}: ${wanted ?? 'booked'}`,
    () => {
      assert.is(transferRefusal({ status, attempt, asCredit }), wanted);
    },
  );
}

desk.run();
