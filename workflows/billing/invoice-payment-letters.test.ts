import sinon from 'sinon';
import * as assert from 'uvu/assert';
import { atLast } from '../../tests/support/brake.js';
import { type Collection, collecting, declined, pay, succeeded } from '../../tests/support/collecting.js';
import { keepHistory } from '../../tests/support/histories.js';
import { askForCard } from '../messages/desk.js';
import { invoiceChanged, invoiceVoided } from '../messages/invoice-payment.js';

const { paying, activities, run, pass } = collecting('[BIL-06] [WFL-06] the letters of invoicePayment');
const by = { staffId: 's1', address: '192.0.2.7' };
const absent = { ...declined('authentication_required'), code: 'authentication_required' } as never;

async function lettersOut(handle: Collection): Promise<number> {
  return (await handle.describe()).raw.pendingActivities?.length ?? 0;
}

/** A mail server that takes its time; says what it took. */
function slowly(sent: string[]) {
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    sent.push('sent');
    return { delivered: true };
  };
}

paying('on their way are waited for before it is over', async () => {
  const sent: string[] = [];
  activities.sendPaymentProblem.callsFake(slowly(sent));
  activities.confirmCharge.onFirstCall().resolves(absent).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    await pay(handle, 'mastercard');
    assert.equal(await handle.result(), { status: 'paid' });
    assert.equal(sent, ['sent']);
    assert.is(await lettersOut(handle), 0);
  });
});

paying('that staff asked for are waited for too, and so is their end when the invoice is taken back', async () => {
  const sent: string[] = [];
  activities.requestCard.resolves({ standing: { status: 'open', failed: null }, askedAt: new Date(0).toISOString() });
  activities.sendCardRequest.callsFake(slowly(sent));
  await run(async (handle) => {
    await handle.executeUpdate(askForCard, { args: [{ by }] });
    await handle.signal(invoiceVoided);
    assert.equal(await handle.result(), { status: 'void' });
    assert.equal(sent, ['sent']);
  });
});

paying('that a resting mail server does not take are called off when nothing is owed any more', async () => {
  activities.sendPaymentProblem.rejects(new Error('the mail server rests'));
  activities.confirmCharge.onFirstCall().resolves(absent).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    await pass('2 hours');
    assert.ok(activities.sendPaymentProblem.callCount > 2);
    await pay(handle, 'mastercard');
    assert.equal(await handle.result(), { status: 'paid' });
    assert.is(await lettersOut(handle), 0);
    await keepHistory(handle, 'invoice-payment-letter-called-off');
    activities.sendPaymentProblem.resetHistory();
    await pass('1 days');
    sinon.assert.notCalled(activities.sendPaymentProblem);
  });
});

paying('still out keep a long run from beginning afresh, which it does once they left', async () => {
  activities.sendPaymentProblem.rejects(new Error('the mail server rests'));
  activities.confirmCharge.onFirstCall().resolves(absent);
  activities.confirmCharge.resolves(declined('hard'));
  await run(async (handle) => {
    const { runId } = await handle.describe();
    for (let tries = 0; tries < 45; tries++) await pay(handle);
    await handle.signal(invoiceChanged);
    await atLast(() => activities.beginCollection.callCount === 2);
    assert.is((await handle.describe()).runId, runId);
    activities.sendPaymentProblem.resolves({ delivered: true });
    await pass('1 hours');
    await handle.signal(invoiceChanged);
    await atLast(() => activities.beginCollection.callCount === 4);
    assert.is.not((await handle.describe()).runId, runId);
  });
});

paying.run();
