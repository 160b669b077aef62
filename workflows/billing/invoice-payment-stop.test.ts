import sinon from 'sinon';
import * as assert from 'uvu/assert';
import type { KnownCharge } from '../../activities/billing/charges.js';
import { atLast, brake } from '../../tests/support/brake.js';
import { type Collection, collecting, declined, pay, succeeded } from '../../tests/support/collecting.js';
import { keepHistory } from '../../tests/support/histories.js';
import { invoiceVoided } from '../messages/invoice-payment.js';
import { stopLifted } from '../messages/stops.js';

const { held, guard, set, lift, liftUnheard, release } = brake();
const { paying, activities, run, pass } = collecting('[WFL-06] invoicePayment at an emergency stop', guard);

paying.before.each(release);

async function heldBy(handle: Collection): Promise<unknown> {
  return (await handle.describe()).searchAttributes.HeldBy?.[0] ?? undefined;
}

paying(
  'tells the customer that it is held, charges once when it is lifted, and says so in the Temporal UI',
  async () => {
    activities.confirmCharge.resolves(succeeded);
    set('charges');
    await run(async (handle) => {
      assert.is((await pay(handle)).status, 'held');
      await atLast(async () => (await heldBy(handle)) === 'charges');
      sinon.assert.notCalled(activities.createCharge);
      await lift('charges', handle);
      assert.equal(await handle.result(), { status: 'paid' });
      assert.is(await heldBy(handle), undefined);
      sinon.assert.calledOnce(activities.createCharge);
      sinon.assert.calledOnce(activities.confirmCharge);
      await keepHistory(handle, 'invoice-payment-held-and-lifted');
    });
  },
);

paying('lets a charge that is under way finish, and holds what comes next', async () => {
  activities.createCharge.callsFake(async () => {
    set('charges');
    return { state: 'unconfirmed' };
  });
  activities.confirmCharge.resolves(succeeded);
  await run(async (handle) => {
    assert.is((await pay(handle)).status, 'held');
    assert.equal(held, ['confirmCharge']);
    await lift('charges', handle);
    await handle.result();
    sinon.assert.calledOnce(activities.createCharge);
    sinon.assert.calledOnce(activities.confirmCharge);
  });
});

paying('goes on by its timer when nobody tells it', async () => {
  activities.confirmCharge.resolves(succeeded);
  set('charges');
  await run(async (handle) => {
    await pay(handle);
    liftUnheard('charges');
    await pass('10 minutes');
    assert.equal(await handle.result(), { status: 'paid' });
    sinon.assert.calledOnce(activities.confirmCharge);
  });
});

paying('stays held when the stop is lifted and set again at once, and when it is told of another', async () => {
  activities.confirmCharge.resolves(succeeded);
  set('charges');
  await run(async (handle) => {
    await pay(handle);
    await handle.signal(stopLifted, { stopId: 'another' });
    const first = lift('charges', handle);
    set('all');
    await first;
    await atLast(() => held.length === 2);
    await atLast(async () => (await heldBy(handle)) === 'all');
    sinon.assert.notCalled(activities.createCharge);
    await lift('all', handle);
    await handle.result();
    sinon.assert.calledOnce(activities.createCharge);
  });
});

paying('is called off at the stop without ever having charged', async () => {
  activities.lookUpCharge.resolves({ state: 'unconfirmed' });
  activities.cancelCharge.resolves({ state: 'cancelled' });
  set('charges');
  await run(async (handle) => {
    await pay(handle);
    await handle.signal(invoiceVoided);
    assert.equal(await handle.result(), { status: 'void' });
    sinon.assert.notCalled(activities.createCharge);
    sinon.assert.notCalled(activities.confirmCharge);
    assert.equal(activities.recordOutcome.firstCall.args[0].settlement, { state: 'cancelled' });
    const [{ activity }] = activities.leaveHold.firstCall.args;
    assert.is(activity, 'createCharge');
    await keepHistory(handle, 'invoice-payment-called-off-at-a-stop');
  });
});

paying('takes another card at the stop, and charges that one alone', async () => {
  activities.cancelCharge.resolves({ state: 'cancelled' });
  activities.confirmCharge.resolves(succeeded);
  set('charges');
  await run(async (handle) => {
    await pay(handle, 'visa');
    assert.is((await pay(handle, 'visa')).status, 'held');
    assert.is((await pay(handle, 'mastercard')).status, 'held');
    await lift('charges', handle);
    await handle.result();
    assert.equal(
      activities.openAttempt.args.map(([{ paymentMethodId }]) => paymentMethodId),
      ['visa', 'mastercard'],
    );
    sinon.assert.calledOnce(activities.confirmCharge);
    assert.is(activities.confirmCharge.firstCall.args[0], activities.openAttempt.secondCall.args[0].attemptId);
  });
});

paying('holds a retry of the schedule after a sleep, and lets the customer pay meanwhile', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    set('dunning');
    await pass('5 days');
    assert.ok(held.every((name) => name === 'openAttempt') && held.length > 0, `held: ${held}`);
    sinon.assert.calledOnce(activities.openAttempt);
    assert.is((await pay(handle)).status, 'succeeded');
    await handle.result();
    sinon.assert.calledTwice(activities.confirmCharge);
    await keepHistory(handle, 'invoice-payment-retry-held');
  });
});

paying('tries by the schedule again once a person agreed', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    set('dunning');
    await pass('5 days');
    await lift('dunning', handle);
    assert.equal(await handle.result(), { status: 'paid' });
    sinon.assert.calledTwice(activities.openAttempt);
    sinon.assert.calledTwice(activities.confirmCharge);
  });
});

paying('holds its letters apart: the charge goes on', async () => {
  activities.confirmCharge.resolves({
    ...declined('authentication_required'),
    code: 'authentication_required',
  } as KnownCharge);
  set('mails');
  await run(async (handle) => {
    assert.is((await pay(handle)).status, 'declined');
    await atLast(() => held.includes('sendPaymentProblem'));
    activities.confirmCharge.resolves(succeeded);
    assert.is((await pay(handle)).status, 'succeeded');
    await handle.result();
    sinon.assert.notCalled(activities.sendPaymentProblem);
    sinon.assert.calledOnce(activities.leaveHold);
  });
});

paying('a month at a stop leaves its history far below what a run may grow to', async () => {
  activities.confirmCharge.resolves(succeeded);
  set('charges');
  await run(async (handle) => {
    await pay(handle);
    for (let days = 0; days < 30; days++) await pass('1 days');
    const { events } = await handle.fetchHistory();
    assert.ok((events?.length ?? 0) < 600, `${events?.length} events`);
    await lift('charges', handle);
    assert.equal(await handle.result(), { status: 'paid' });
    sinon.assert.calledOnce(activities.confirmCharge);
  });
});

paying.run();
