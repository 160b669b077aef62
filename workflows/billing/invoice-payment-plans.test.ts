import sinon from 'sinon';
import * as assert from 'uvu/assert';
import { type Collection, collecting, declined, pay, refusalOf, succeeded } from '../../tests/support/collecting.js';
import { keepHistory } from '../../tests/support/histories.js';
import { askForCard, changeSchedule, type ScheduleChange, writeOff } from '../messages/desk.js';
import { AttemptUnderWay, InvoiceClosed, TryTooSoon } from '../messages/failures.js';
import { invoiceVoided, retryPayment } from '../messages/invoice-payment.js';

const { paying, activities, run, pass, now } = collecting('[BIL-06] invoicePayment as staff want it to go on');
const by = { staffId: 's1', address: '192.0.2.7' };
const days = async (count: number) => new Date((await now()) + count * 86_400_000).toISOString();

function change(handle: Collection, change: ScheduleChange) {
  return handle.executeUpdate(changeSchedule, { args: [{ change, by }] });
}

/** As the rows would tell it once the plan is written. */
function planned(change: ScheduleChange, failed: { firstFailedAt: string; lastDecline: 'soft' | 'hard' }) {
  const plan =
    change.kind === 'at'
      ? { tryAt: change.at, paymentMethodId: change.paymentMethodId }
      : change.kind === 'hold'
        ? { heldUntil: change.until }
        : null;
  activities.planRetry.resolves({ standing: { status: 'open', failed: { retries: 0, ...failed }, plan } });
}

paying('tries the card that staff chose at the time that they chose, and not before', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('hard')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    const wish = { kind: 'at', at: await days(2), paymentMethodId: 'mastercard' } as const;
    planned(wish, { firstFailedAt: await days(0), lastDecline: 'hard' });
    await change(handle, wish);
    await pass('1 days');
    sinon.assert.calledOnce(activities.openAttempt);
    assert.equal(await handle.result(), { status: 'paid' });
    await keepHistory(handle, 'invoice-payment-tried-as-planned');
    const { paymentMethodId, planned: isPlanned, onSession } = activities.openAttempt.secondCall.args[0];
    assert.equal([paymentMethodId, isPlanned, onSession], ['mastercard', true, false]);
  });
});

paying('tries nothing while staff hold it off, and goes on by itself after that', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    const wish = { kind: 'hold', until: await days(5) } as const;
    planned(wish, { firstFailedAt: await days(0), lastDecline: 'soft' });
    await change(handle, wish);
    await pass('4 days');
    sinon.assert.calledOnce(activities.openAttempt);
    assert.equal(await handle.result(), { status: 'paid' });
    assert.is(activities.openAttempt.secondCall.args[0].planned, undefined);
  });
});

paying('says why a change is refused, and keeps to its schedule', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    const failed = { firstFailedAt: await days(0), retries: 0, lastDecline: 'soft' } as const;
    activities.planRetry.resolves({ refusal: 'tooSoon', standing: { status: 'open', failed, plan: null } });
    assert.is(await refusalOf(change(handle, { kind: 'hold', until: await days(0) })), TryTooSoon);
    assert.equal(await handle.result(), { status: 'paid' });
  });
  sinon.assert.calledTwice(activities.openAttempt);
});

paying('refuses whatever staff ask while a try is under way', async () => {
  activities.confirmCharge.resolves({ state: 'unknown' });
  activities.lookUpCharge.resolves({ state: 'unknown' });
  await run(async (handle) => {
    await pay(handle);
    const wishes = [
      change(handle, { kind: 'usual' }),
      handle.executeUpdate(writeOff, { args: [{ reason: 'gone', by }] }),
      handle.executeUpdate(askForCard, { args: [{ by }] }),
    ];
    assert.equal(
      await Promise.all(wishes.map(refusalOf)),
      wishes.map(() => AttemptUnderWay),
    );
  });
  sinon.assert.notCalled(activities.planRetry);
  sinon.assert.notCalled(activities.writeOffInvoice);
  sinon.assert.notCalled(activities.requestCard);
});

paying('is over once the invoice is written off, and tries nothing more', async () => {
  activities.confirmCharge.resolves(declined('soft'));
  await run(async (handle) => {
    await pay(handle);
    activities.writeOffInvoice.resolves({ standing: { status: 'uncollectible', failed: null } });
    await handle.executeUpdate(writeOff, { args: [{ reason: 'the company is gone', by }] });
    assert.equal(await handle.result(), { status: 'uncollectible' });
    await keepHistory(handle, 'invoice-payment-written-off');
  });
  sinon.assert.calledOnceWithExactly(activities.writeOffInvoice, {
    invoiceId: 'i1',
    reason: 'the company is gone',
    by,
  });
  sinon.assert.calledOnce(activities.openAttempt);
});

paying('asks the customer for another card by letter, and waits for it', async () => {
  activities.confirmCharge.resolves(declined('hard'));
  await run(async (handle) => {
    await pay(handle);
    const failed = { firstFailedAt: await days(0), retries: 0, lastDecline: 'hard' } as const;
    const askedAt = '2027-03-11T12:00:00.000Z';
    activities.requestCard.resolves({ standing: { status: 'open', failed }, askedAt });
    await handle.executeUpdate(askForCard, { args: [{ by }] });
    await pass('1 days');
    sinon.assert.calledOnceWithExactly(activities.sendCardRequest, { invoiceId: 'i1', askedAt });
    sinon.assert.calledOnce(activities.openAttempt);
    await handle.signal(invoiceVoided);
    assert.equal(await handle.result(), { status: 'void' });
    await keepHistory(handle, 'invoice-payment-card-asked');
  });
});

paying('[BIL-05] takes a try of one id that is asked for twice as one', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(declined('hard'));
  await run(async (handle) => {
    await pay(handle);
    const args: [{ paymentMethodId: string; by: typeof by; attemptId: string }] = [
      { paymentMethodId: 'visa', by, attemptId: 'of-the-batch' },
    ];
    const answers = await Promise.all([
      handle.executeUpdate(retryPayment, { args }),
      handle.executeUpdate(retryPayment, { args }),
    ]);
    assert.equal(
      answers.map(({ attemptId }) => attemptId),
      ['of-the-batch', 'of-the-batch'],
    );
    assert.is((await handle.executeUpdate(retryPayment, { args })).status, 'declined');
  });
  sinon.assert.calledTwice(activities.openAttempt);
});

paying('closes what was asked for when the invoice is taken back meanwhile', async () => {
  activities.beginCollection.callsFake(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    return { status: 'void', failed: null, labels: { invoice: 'NQ-2026-000001', customer: 'C-1' }, attempt: undefined };
  });
  await run(async (handle) => assert.is(await refusalOf(change(handle, { kind: 'usual' })), InvoiceClosed));
  sinon.assert.notCalled(activities.planRetry);
});

paying.run();
