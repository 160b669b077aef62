import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { provisioningSteps } from '../servers/provisioning-steps.js';
import { mayStillCancel } from './change-of-mind.js';
import { secondsLeft, usualDelivery, usualOf } from './expected-delivery.js';
import { orderStatuses } from './order-status.js';

const delivery = suite('[CAT-03] expected delivery');

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 13, minute));
const past = { reserve: [2], network: [40], boot: [240, 200, 3_000], install: [600], verify: [60], welcome: [8] };

delivery('is what the steps after the payment usually take together', () => {
  assert.is(usualDelivery(past), 2 + 40 + 240 + 600 + 60 + 8);
});

delivery('is guessed where no server was ever built', () => {
  assert.is(usualOf('install', {}), 660);
});

delivery('counts of the step under way what has not passed yet, never less than nothing', () => {
  const done = { step: 'network', startedAt: at(0), endedAt: at(1) } as const;
  const paid = [{ step: 'payment', startedAt: at(0), endedAt: at(0) }, { ...done, step: 'reserve' }, done] as const;
  const booting = { step: 'boot', startedAt: at(1), endedAt: null } as const;
  assert.is(secondsLeft([...paid, booting], past, at(2)), 180 + 668);
  assert.is(secondsLeft([...paid, booting], past, at(30)), 668);
});

delivery('an order may be taken back until the disks are written', () => {
  const until = provisioningSteps.slice(0, provisioningSteps.indexOf('install'));
  for (const status of orderStatuses) {
    const standing = status === 'awaiting_payment' || status === 'preparing';
    assert.is(mayStillCancel(status, until), standing, status);
    assert.is(mayStillCancel(status, [...until, 'install']), false, status);
  }
});

delivery.run();
