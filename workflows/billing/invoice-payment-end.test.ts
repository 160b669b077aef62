import sinon from 'sinon';
import * as assert from 'uvu/assert';
import { PaymentsRefused } from '../../gateways/payments/payments.js';
import { collecting, declined, pay, refusalOf, succeeded } from '../../tests/support/collecting.js';
import { keepHistory } from '../../tests/support/histories.js';
import { chargeMoved, invoiceVoided, payInvoice, resumeAttempt } from '../messages/invoice-payment.js';
import { resolveStaffTask } from '../messages/staff-tasks.js';

const { paying, activities, run, pass } = collecting('[BIL-05] [WFL-06] the end of invoicePayment');

paying('is over when the invoice is taken back, and charges nothing after', async () => {
  await run(async (handle) => {
    await handle.signal(invoiceVoided);
    assert.equal(await handle.result(), { status: 'void' });
  });
  sinon.assert.notCalled(activities.openAttempt);
});

paying('gives up the next retry when the invoice is taken back', async () => {
  activities.confirmCharge.resolves(declined('soft'));
  await run(async (handle) => {
    await pay(handle);
    await handle.signal(invoiceVoided);
    assert.equal(await handle.result(), { status: 'void' });
  });
  sinon.assert.calledOnce(activities.openAttempt);
});

paying('takes an open charge back first when the invoice is taken back during it', async () => {
  activities.confirmCharge.resolves({ state: 'requires_action' });
  activities.cancelCharge.resolves({ state: 'cancelled' });
  await run(async (handle) => {
    const { attemptId } = await pay(handle);
    await handle.signal(invoiceVoided);
    assert.equal(await handle.result(), { status: 'void' });
    sinon.assert.calledOnceWithExactly(activities.cancelCharge, attemptId);
    sinon.assert.calledOnceWithExactly(activities.recordOutcome, { attemptId, settlement: { state: 'cancelled' } });
    await keepHistory(handle, 'invoice-payment-voided-when-challenged');
  });
});

paying('records the money that came all the same', async () => {
  activities.confirmCharge.resolves({ state: 'processing' });
  activities.cancelCharge.resolves({ state: 'processing' });
  await run(async (handle) => {
    await pay(handle);
    await handle.signal(invoiceVoided);
    await pass('10 minutes');
    activities.cancelCharge.resolves(succeeded);
    await handle.signal(chargeMoved);
    assert.equal(await handle.result(), { status: 'paid' });
  });
  assert.is(activities.recordOutcome.firstCall.args[0].settlement.state, 'succeeded');
});

paying('refuses a click that comes when all is over, and answers one that waited', async () => {
  let recorded: (() => void) | undefined;
  activities.openAttempt.callsFake(async () => {
    await new Promise<void>((resolve) => (recorded = resolve));
    return 'closed';
  });
  await run(async (handle) => {
    const waiting = refusalOf(pay(handle));
    while (!recorded) await new Promise((resolve) => setTimeout(resolve, 20));
    recorded();
    assert.is(await waiting, 'InvoiceClosed');
    assert.equal(await handle.result(), { status: 'paid' });
  });
});

paying('has nothing to resume before the first attempt', async () => {
  await run(async (handle) => assert.is(await refusalOf(handle.executeUpdate(resumeAttempt)), 'NoAttempt'));
});

paying(
  'calls staff when the provider refuses our request, and tells the customer without waiting for them',
  async () => {
    activities.createCharge.rejects(new PaymentsRefused('No such customer'));
    await run(async (handle) => {
      assert.is((await pay(handle)).status, 'unknown');
      await pass('1 minutes');
      const { id, step, skippable, reason } = activities.openStaffTask.firstCall.args[0];
      assert.equal([step, skippable, reason], ['createCharge', false, 'No such customer']);
      sinon.assert.calledOnce(activities.createCharge);
      activities.createCharge.resolves({ state: 'unconfirmed' });
      activities.confirmCharge.resolves(succeeded);
      const answer = { taskId: id, answer: 'retry', staffId: 's1' } as const;
      await handle.executeUpdate(resolveStaffTask, { args: [answer] });
      assert.equal(await handle.result(), { status: 'paid' });
    });
  },
);

paying('calls staff when a step fails for a quarter of an hour, and sends no second click into it', async () => {
  activities.confirmCharge.rejects(new Error('the database is away'));
  await run(async (handle) => {
    const first = await handle.startUpdate(payInvoice, {
      args: [{ paymentMethodId: 'visa' }],
      waitForStage: 'ACCEPTED',
    });
    await pass('20 minutes');
    assert.is((await first.result()).status, 'unknown');
    assert.is((await pay(handle)).status, 'unknown');
    sinon.assert.calledOnce(activities.openStaffTask);
    sinon.assert.calledOnce(activities.openAttempt);
  });
});

paying.run();
