import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { deskRefusal } from './collecting.js';

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

desk.run();
