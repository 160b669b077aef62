import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createFaults, type Fault } from './faults.js';

const breaking = suite('[BIL-05] the card simulator’s faults');
const usual: Fault = { match: 'POST /v1/refunds', kind: '429', times: 1, ms: 0, chance: 1, seed: 'a' };

function taken(fault: Partial<Fault>, calls: readonly string[]): boolean[] {
  const faults = createFaults();
  faults.add({ ...usual, ...fault });
  return calls.map((call) => {
    const [method = '', path = ''] = call.split(' ');
    return faults.take(method, path) !== undefined;
  });
}

const calls: readonly (readonly [match: string, call: string, met: boolean])[] = [
  ['POST /v1/refunds', 'POST /v1/refunds', true],
  ['POST /v1/refunds', 'GET /v1/refunds', false],
  ['POST /v1/refunds', 'POST /v1/refunds/re_1', false],
  ['POST /v1/payment_intents/:id/confirm', 'POST /v1/payment_intents/pi_1/confirm', true],
  ['POST /v1/payment_intents/:id/confirm', 'POST /v1/payment_intents/pi_1/cancel', false],
  ['POST /v1/payment_intents/*', 'POST /v1/payment_intents/pi_1/cancel', true],
  ['* /v1/*', 'DELETE /v1/webhook_endpoints/we_1', true],
  ['GET /v1/*', 'POST /v1/refunds', false],
];
for (const [match, call, met] of calls) {
  breaking(`[BIL-05] ${match} ${met ? 'meets' : 'does not meet'} ${call}`, () => {
    assert.equal(taken({ match }, [call]), [met]);
  });
}

const hundred = Array.from({ length: 400 }, () => 'POST /v1/refunds');

breaking('[BIL-05] a fault meets as many calls as asked', () => {
  assert.is(taken({ times: 3 }, hundred).filter(Boolean).length, 3);
});

breaking('[BIL-05] a chance is kept, and a seed gives the same calls again', () => {
  const often = { times: 10_000, chance: 0.25 };
  const met = taken(often, hundred);
  const share = met.filter(Boolean).length / hundred.length;
  assert.ok(share > 0.15 && share < 0.35, `${share}`);
  assert.equal(taken(often, hundred), met);
  assert.not.equal(taken({ ...often, seed: 'b' }, hundred), met);
});

breaking.run();
