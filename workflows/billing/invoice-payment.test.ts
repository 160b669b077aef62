import sinon from 'sinon';
import * as assert from 'uvu/assert';
import { collecting, declined, labels, pay, refusalOf, succeeded } from '../../tests/support/collecting.js';
import { keepHistory } from '../../tests/support/histories.js';
import { AmountChanged } from '../messages/failures.js';
import { cardUpdated, chargeMoved, collectionStatus, payInvoice, resumeAttempt } from '../messages/invoice-payment.js';

const { paying, activities, run, pass, now } = collecting('[BIL-05] [WFL-06] invoicePayment');

paying('charges the card that was chosen, on session, and is over', async () => {
  activities.confirmCharge.resolves(succeeded);
  await run(async (handle) => {
    const { status, attemptId } = await pay(handle);
    assert.is(status, 'succeeded');
    assert.equal(await handle.result(), { status: 'paid' });
    await keepHistory(handle, 'invoice-payment-paid');
    const wanted = { invoiceId: 'i1', attemptId, paymentMethodId: 'visa', onSession: true };
    sinon.assert.calledOnceWithExactly(activities.openAttempt, wanted);
    const settlement = { state: 'succeeded', chargeId: 'ch_1' };
    sinon.assert.calledOnceWithExactly(activities.recordOutcome, { attemptId, settlement } as never);
  });
  const { openAttempt, createCharge, confirmCharge, recordOutcome } = activities;
  sinon.assert.callOrder(openAttempt, createCharge, confirmCharge, recordOutcome);
  sinon.assert.notCalled(activities.lookUpCharge);
});

paying('makes one charge of a double click, and gives both the same answer', async () => {
  activities.confirmCharge.callsFake(async () => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return succeeded;
  });
  await run(async (handle) => {
    const [first, second] = await Promise.all([pay(handle), pay(handle, 'mastercard')]);
    assert.equal(second, first);
  });
  sinon.assert.calledOnce(activities.confirmCharge);
});

paying('is over at once when the invoice was settled before', async () => {
  activities.beginCollection.resolves({ status: 'paid', failed: null, labels, attempt: undefined });
  await run(async (handle) => assert.equal(await handle.result(), { status: 'paid' }));
});

paying('goes on with the attempt it finds, without charging again', async () => {
  const attempt = { attemptId: 'a1', paymentMethodId: 'visa', onSession: true };
  activities.beginCollection.resolves({ status: 'open', failed: null, labels, attempt });
  activities.lookUpCharge.resolves(succeeded);
  await run(async (handle) => assert.equal(await handle.result(), { status: 'paid' }));
  sinon.assert.notCalled(activities.confirmCharge);
});

paying(
  'tries a soft decline again by itself on days 1, 3, 5, 8 and 13, with the usual card, and writes each time',
  async () => {
    activities.confirmCharge.resolves(declined('soft'));
    const days: number[] = [];
    await run(async (handle) => {
      assert.is((await pay(handle)).status, 'declined');
      const declinedAt = await now();
      activities.openAttempt.callsFake(async ({ onSession, paymentMethodId }) => {
        assert.equal([onSession, paymentMethodId], [false, undefined]);
        days.push(Math.round((await now()) - declinedAt) / 86_400_000);
        return 'opened';
      });
      assert.is(await handle.query(collectionStatus), 'waiting_for_retry');
      await pass('40 days');
      assert.is(await handle.query(collectionStatus), 'waiting');
      await keepHistory(handle, 'invoice-payment-retried');
    });
    assert.equal(days.map(Math.round), [1, 3, 5, 8, 13]);
    sinon.assert.callCount(activities.sendPaymentProblem, 5);
    assert.ok(activities.sendPaymentProblem.firstCall.args[0].retryAt);
    assert.is(activities.sendPaymentProblem.lastCall.args[0].retryAt, undefined);
  },
);

for (const kind of ['hard', 'authentication_required'] as const) {
  paying(`does not try by itself after a decline that is ${kind}, but takes another card`, async () => {
    activities.confirmCharge.onFirstCall().resolves(declined(kind)).onSecondCall().resolves(succeeded);
    await run(async (handle) => {
      assert.is((await pay(handle)).status, 'declined');
      await pass('30 days');
      sinon.assert.calledOnce(activities.confirmCharge);
      assert.is((await pay(handle, 'mastercard')).status, 'succeeded');
      await keepHistory(handle, `invoice-payment-declined-${kind.replace('_', '-')}`);
    });
  });
}

paying('tries at once when the customer saved another card after a failure, and not before one', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('hard')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await handle.signal(cardUpdated);
    await pass('1 hours');
    sinon.assert.notCalled(activities.openAttempt);
    await pay(handle);
    await handle.signal(cardUpdated);
    assert.equal(await handle.result(), { status: 'paid' });
  });
});

paying('does not wait for the day of the retry when the customer pays', async () => {
  activities.confirmCharge.onFirstCall().resolves(declined('soft')).onSecondCall().resolves(succeeded);
  await run(async (handle) => {
    await pay(handle);
    assert.is((await pay(handle, 'mastercard')).status, 'succeeded');
  });
});

paying('refuses what is no longer as the page showed it, and takes what the page shows then', async () => {
  const wish = (cardMinor: number) => ({ paymentMethodId: 'visa', shown: { cardMinor, creditMinor: 0 } });
  activities.openAttempt.onFirstCall().resolves('amount_changed');
  activities.confirmCharge.resolves(succeeded);
  await run(async (handle) => {
    const first = await handle.startUpdate(payInvoice, { args: [wish(16040)], waitForStage: 'ACCEPTED' });
    while (activities.beginCollection.callCount < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    sinon.assert.notCalled(activities.createCharge);
    const second = await handle.executeUpdate(payInvoice, { args: [wish(26040)] });
    assert.is(second.status, 'succeeded');
    assert.is(await refusalOf(first.result()), AmountChanged); // at the end, where one that was never answered is
    await keepHistory(handle, 'invoice-payment-amount-changed');
  });
  const shown = activities.openAttempt.args.map(([wanted]) => wanted.shown?.cardMinor);
  assert.equal(shown, [16040, 26040]);
});

paying('says that the card is gone, and waits for another', async () => {
  activities.openAttempt.onFirstCall().resolves('no_card');
  activities.confirmCharge.resolves(succeeded);
  await run(async (handle) => {
    const { status, declineCode } = await pay(handle);
    assert.equal([status, declineCode], ['declined', 'no_card']);
    assert.is((await pay(handle, 'mastercard')).status, 'succeeded');
  });
});

paying(
  'looks up what is unknown after 5 s, 30 s, 2 min, 10 min, 1 h, then daily, and never charges again',
  async () => {
    activities.confirmCharge.resolves({ state: 'unknown' });
    activities.lookUpCharge.resolves({ state: 'unknown' });
    await run(async (handle) => {
      assert.is((await pay(handle)).status, 'unknown');
      await pass('3 days');
      const looked = activities.lookUpCharge.callCount;
      assert.ok(looked === 7 || looked === 8, `${looked} look-ups`);
      assert.is((await pay(handle)).status, 'unknown');
      activities.lookUpCharge.resolves(succeeded);
      assert.equal(await handle.result(), { status: 'paid' });
    });
    sinon.assert.calledOnce(activities.confirmCharge);
  },
);

paying('looks at once when the provider calls, ten times or never', async () => {
  activities.confirmCharge.resolves({ state: 'processing' });
  activities.lookUpCharge.resolves({ state: 'processing' });
  await run(async (handle) => {
    await pay(handle);
    await pass('2 hours');
    activities.lookUpCharge.resetHistory();
    activities.lookUpCharge.resolves(succeeded);
    const calls = Array.from({ length: 10 }, () => handle.signal(chargeMoved));
    await Promise.allSettled(calls);
    assert.equal(await handle.result(), { status: 'paid' });
  });
  sinon.assert.calledOnce(activities.lookUpCharge);
  sinon.assert.calledOnce(activities.recordOutcome);
});

paying('asks the bank once more, under the same attempt, where a look-up shows that it never heard of it', async () => {
  activities.createCharge.onFirstCall().resolves({ state: 'unknown' });
  activities.lookUpCharge.resolves({ state: 'unconfirmed' });
  activities.confirmCharge.resolves(succeeded);
  await run(async (handle) => {
    const { attemptId } = await pay(handle);
    assert.equal(await handle.result(), { status: 'paid' });
    sinon.assert.alwaysCalledWithExactly(activities.createCharge, attemptId);
    sinon.assert.calledOnce(activities.openAttempt);
  });
});

paying('takes a charge back that nobody could put to the bank for a quarter of an hour', async () => {
  activities.createCharge.resolves({ state: 'unknown' });
  activities.lookUpCharge.resolves({ state: 'unknown' });
  activities.lookUpCharge.onCall(4).resolves({ state: 'unconfirmed' });
  activities.cancelCharge.resolves({ state: 'cancelled' });
  await run(async (handle) => {
    await pay(handle);
    await pass('2 hours');
    const { settlement } = activities.recordOutcome.firstCall.args[0];
    assert.equal(settlement, { state: 'declined', kind: 'soft', code: 'no_answer' });
  });
});

paying('hears from the page that the bank was answered', async () => {
  activities.confirmCharge.resolves({ state: 'requires_action' });
  activities.lookUpCharge.resolves(succeeded);
  await run(async (handle) => {
    assert.is((await pay(handle)).status, 'requires_action');
    assert.is((await handle.executeUpdate(resumeAttempt)).status, 'succeeded');
  });
});

paying('takes the bank’s question back after half an hour, and writes to the customer', async () => {
  activities.confirmCharge.resolves({ state: 'requires_action' });
  activities.lookUpCharge.resolves({ state: 'requires_action' });
  activities.cancelCharge.resolves({ state: 'cancelled' });
  await run(async (handle) => {
    await pay(handle);
    await pass('29 minutes');
    sinon.assert.notCalled(activities.cancelCharge);
    await pass('2 minutes');
    sinon.assert.calledOnce(activities.cancelCharge);
    assert.is((await handle.executeUpdate(resumeAttempt)).declineCode, 'authentication_required');
    sinon.assert.calledOnce(activities.sendPaymentProblem);
  });
});

paying('lets another card take the place of one whose bank still waits', async () => {
  activities.confirmCharge.onFirstCall().resolves({ state: 'requires_action' }).onSecondCall().resolves(succeeded);
  activities.cancelCharge.resolves({ state: 'cancelled' });
  await run(async (handle) => {
    await pay(handle);
    assert.is((await pay(handle)).status, 'requires_action');
    assert.is((await pay(handle, 'mastercard')).status, 'succeeded');
    const [first] = activities.recordOutcome.args.map(([{ settlement }]) => settlement.state);
    assert.is(first, 'cancelled');
  });
});

paying.run();
