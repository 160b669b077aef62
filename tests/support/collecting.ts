import {
  ApplicationFailure,
  type WorkflowHandleWithFirstExecutionRunId,
  type WorkflowUpdateFailedError,
} from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import sinon from 'sinon';
import { suite } from 'uvu';
import type { KnownCharge } from '../../activities/billing/charges.js';
import type { Standing } from '../../activities/billing/collections.js';
import { createPaymentActivities } from '../../activities/billing/payments.js';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStopActivities } from '../../activities/durable/stops.js';
import type { DeclineKind } from '../../rules/billing/declines.js';
import type { invoicePayment } from '../../workflows/billing/invoice-payment.js';
import { type AttemptOutcome, payInvoice } from '../../workflows/messages/invoice-payment.js';
import { timeSkippingCluster, workOnAllQueues } from './temporal.js';

export type Collection = WorkflowHandleWithFirstExecutionRunId<typeof invoicePayment>;

export const labels = { invoice: 'NQ-2026-000001', customer: 'C-002417' };
export const succeeded = {
  state: 'succeeded',
  chargeId: 'ch_1',
  amount: { amountMinor: 26040, currency: 'EUR' },
} as const;

export function declined(kind: DeclineKind): KnownCharge {
  return { state: 'declined', kind, code: 'generic_decline' };
}

/** A suite around invoice payments under skipped time, with activities that do what each test says. `guard` stands before them. */
export function collecting(name: string, guard = <Activities extends object>(activities: Activities) => activities) {
  const paying = suite(name);
  const activities = sinon.stub({
    ...createPaymentActivities({} as never),
    ...createStaffTaskActivities(),
    ...createStopActivities({} as never),
  });
  let cluster: TestWorkflowEnvironment;
  let workers: { stop: () => Promise<void> };
  let failed: Standing['failed'];
  let runs = 0;

  paying.before(async () => {
    cluster = await timeSkippingCluster();
    workers = await workOnAllQueues(cluster, guard(activities));
  });
  paying.before.each(() => {
    failed = null;
    for (const activity of Object.values(activities)) activity.reset();
    activities.beginCollection.callsFake(async () => ({ status: 'open', failed, labels, attempt: undefined }));
    activities.openAttempt.resolves('opened');
    activities.createCharge.resolves({ state: 'unconfirmed' });
    activities.recordOutcome.callsFake(record);
  });
  paying.after(async () => {
    await workers.stop();
    await cluster.teardown();
  });

  /** As the rows would tell it: the first failure counts, and after it the tries by ourselves. */
  async function record({ settlement }: Parameters<typeof activities.recordOutcome>[0]): Promise<Standing> {
    if (settlement.state === 'succeeded') return { status: 'paid', failed };
    if (settlement.state === 'declined') {
      const firstFailedAt = failed?.firstFailedAt ?? new Date(await cluster.currentTimeMs()).toISOString();
      failed = { firstFailedAt, retries: failed ? failed.retries + 1 : 0, lastDecline: settlement.kind };
    }
    return { status: 'open', failed };
  }

  return {
    paying,
    activities,
    now: () => cluster.currentTimeMs(),
    pass: (time: `${number} ${'minutes' | 'hours' | 'days'}`) => cluster.sleep(time),

    /**
     * What is still running at the story's end is ended with it, once it is at rest: the cluster skips no time while an
     * activity is out, and of a run that was ended it would wait for one until that is timed out.
     */
    async run(story: (handle: Collection) => Promise<void>): Promise<void> {
      const args: [{ invoiceId: string }] = [{ invoiceId: 'i1' }];
      const options = { taskQueue: 'billing', workflowId: `invoice-payment-${++runs}`, args };
      const handle = await cluster.client.workflow.start<typeof invoicePayment>('invoicePayment', options);
      try {
        await story(handle);
      } finally {
        await atRest(handle);
        await handle.terminate().catch(() => {});
      }
    },
  };
}

export function pay(handle: Collection, paymentMethodId = 'visa'): Promise<AttemptOutcome> {
  return handle.executeUpdate(payInvoice, { args: [{ paymentMethodId }] });
}

/** The type of failure an update was refused with. */
export function refusalOf(update: Promise<unknown>): Promise<string | undefined> {
  return update.then(
    () => undefined,
    ({ cause }: WorkflowUpdateFailedError) =>
      cause instanceof ApplicationFailure ? (cause.type ?? undefined) : undefined,
  );
}

/** Until none of its activities is out. */
async function atRest(handle: Collection): Promise<void> {
  for (let looks = 0; looks < 200; looks++) {
    const { raw, status } = await handle.describe();
    if (status.name !== 'RUNNING' || !raw.pendingActivities?.length) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
