import sinon from 'sinon';
import * as assert from 'uvu/assert';
import {
  type Collection,
  collecting,
  declined,
  labels,
  pay,
  refusalOf,
  succeeded,
} from '../../tests/support/collecting.js';
import { keepHistory } from '../../tests/support/histories.js';
import { AttemptUnderWay, InvoiceClosed } from '../messages/failures.js';
import { invoiceChanged, retryPayment } from '../messages/invoice-payment.js';

const { paying, activities, run, pass } = collecting('[BIL-06] invoicePayment at the desk');
const by = { staffId: 's1', address: '192.0.2.7' };

function retry(handle: Collection, paymentMethodId = 'visa') {
  return handle.executeUpdate(retryPayment, { args: [{ paymentMethodId, by }] });
}

paying('tries the card at once when staff ask, without the customer, and says who asked', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('hard')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    const { status, attemptId } = await retry(handle, 'mastercard');
    assert.is(status, 'succeeded');
    assert.equal(await handle.result(), { status: 'paid' });
    await keepHistory(handle, 'invoice-payment-retried-by-staff');
    const wanted = { invoiceId: 'i1', attemptId, paymentMethodId: 'mastercard', onSession: false, by };
    assert.equal(activities.openAttempt.secondCall.args, [wanted]);
  });
});

paying('counts a try of the staff among those of the schedule, and tells the customer', async () => {
  activities.confirmCharge.resolves(declined('soft'));
  await run(async (handle) => {
    await pay(handle);
    assert.is((await retry(handle)).status, 'declined');
    await pass('40 days');
    sinon.assert.callCount(activities.openAttempt, 6);
    sinon.assert.callCount(activities.sendPaymentProblem, 5);
  });
});

paying('says that credit paid all of it, and is over', async () => {
  activities.openAttempt.callsFake(async () => {
    activities.beginCollection.resolves({ status: 'paid', failed: null, labels, attempt: undefined });
    return 'paid_from_credit';
  });
  await run(async (handle) => {
    assert.is((await retry(handle)).status, 'paid_from_credit');
    assert.equal(await handle.result(), { status: 'paid' });
    await keepHistory(handle, 'invoice-payment-paid-from-credit');
  });
  sinon.assert.notCalled(activities.createCharge);
});

paying('refuses while a try is under way or unknown, and starts no other', async () => {
  activities.confirmCharge.resolves({ state: 'unknown' });
  activities.lookUpCharge.resolves({ state: 'unknown' });
  await run(async (handle) => {
    assert.is((await pay(handle)).status, 'unknown');
    assert.is(await refusalOf(retry(handle)), AttemptUnderWay);
  });
  sinon.assert.calledOnce(activities.openAttempt);
});

paying('takes one of two clicks, and refuses the other', async () => {
  activities.confirmCharge.callsFake(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return declined('soft');
  });
  await run(async (handle) => {
    const answers = await Promise.all([refusalOf(retry(handle)), refusalOf(retry(handle))]);
    assert.equal(answers.filter((answer) => answer === AttemptUnderWay).length, 1);
    assert.equal(answers.filter((answer) => answer === undefined).length, 1);
  });
  sinon.assert.calledOnce(activities.openAttempt);
});

paying('refuses when the invoice was settled before', async () => {
  activities.beginCollection.callsFake(async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return { status: 'paid', failed: null, labels, attempt: undefined };
  });
  await run(async (handle) => assert.is(await refusalOf(retry(handle)), InvoiceClosed));
  sinon.assert.notCalled(activities.openAttempt);
});

paying('is over when the rest came by transfer, and lets what it stands for go on', async () => {
  activities.confirmCharge.resolves(declined('hard'));
  await run(async (handle) => {
    await pay(handle);
    activities.beginCollection.resolves({ status: 'paid', failed: null, labels, attempt: undefined });
    await handle.signal(invoiceChanged);
    assert.equal(await handle.result(), { status: 'paid' });
    await keepHistory(handle, 'invoice-payment-paid-by-transfer');
  });
  sinon.assert.calledOnce(activities.openAttempt);
});

paying('goes on with its schedule when a part came by transfer', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    await handle.signal(invoiceChanged);
    await pass('2 hours');
    sinon.assert.calledOnce(activities.openAttempt);
    await pass('1 days');
    assert.equal(await handle.result(), { status: 'paid' });
  });
  sinon.assert.calledTwice(activities.openAttempt);
});

paying.run();
