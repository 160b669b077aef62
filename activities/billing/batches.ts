import { activityInfo } from '@temporalio/activity';
import { type Processes, ProcessRefused, ProcessStillAtIt } from '../../gateways/processes.js';
import { CollectionBatch } from '../../models/billing/collection-batch.js';
import { type BatchItemState, CollectionBatchItem } from '../../models/billing/collection-batch-item.js';
import { CollectionPlan } from '../../models/billing/collection-plan.js';
import { Invoice } from '../../models/billing/invoice.js';
import { type AttemptStatus, PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import { WriteOff } from '../../models/billing/write-off.js';
import { askForCard, changeSchedule, deskRefusalOf, writeOff } from '../../workflows/messages/desk.js';
import { type AttemptOutcome, invoicePayment, retryPayment } from '../../workflows/messages/invoice-payment.js';
import { askedAt } from '../durable/clock.js';
import { heartbeating } from '../durable/heartbeats.js';

export interface BatchDeps {
  readonly processes: Processes;
}

interface Outcome {
  readonly state: Exclude<BatchItemState, 'waiting'>;
  readonly why?: string | undefined;
}

/** So few that all of them are asked within an activity's time, each for as long as a page waits. */
const AT_ONCE = 5;
/** How often a process that nobody runs is begun and asked again before the invoice is left alone. */
const PATIENCE = 5;

export type BatchActivities = ReturnType<typeof createBatchActivities>;

export function createBatchActivities({ processes }: BatchDeps) {
  const acts = { retry: retried, ask_card: asked, grant: granted, write_off: writtenOff };

  return {
    /** Asks the processes of the next invoices of a set. Tried again it goes on where it was: what is written is not asked again. */
    async workOnBatch(batchId: string): Promise<{ readonly left: number }> {
      const batch = await CollectionBatch.query().findById(batchId).throwIfNotFound();
      const waiting = () => CollectionBatchItem.query().where({ batchId }).modify('waiting');
      let begun: ProcessRefused | undefined;
      await heartbeating(async () => {
        for (const item of await waiting().limit(AT_ONCE)) {
          try {
            const { state, why = null } = await outcomeOf(batch, item);
            await item.settle(state, why, askedAt());
          } catch (error) {
            if (!(error instanceof ProcessRefused)) throw error;
            begun = error; // the next ones need not wait for it, or their patience would be over before they are begun
          }
        }
      });
      if (begun) throw begun;
      const left = await waiting().resultSize();
      if (left === 0) await batch.finish(askedAt());
      return { left };
    },
  };

  async function outcomeOf(batch: CollectionBatch, item: CollectionBatchItem): Promise<Outcome> {
    try {
      return await acts[batch.act](batch, item);
    } catch (error) {
      if (!(error instanceof ProcessRefused)) throw error;
      const why = deskRefusalOf(error.refusal);
      if (why) return { state: 'refused', why };
      return begunOrGone(item, error);
    }
  }

  /** The attempt has the item's id: one that is there already is what an earlier asking came to. */
  async function retried(batch: CollectionBatch, { id: attemptId, invoiceId }: CollectionBatchItem): Promise<Outcome> {
    const known = await PaymentAttempt.query().findById(attemptId);
    if (known) return come(known.status, known.declineCode);
    const { customerId } = await Invoice.query().findById(invoiceId).throwIfNotFound();
    const card = await PaymentMethod.query().where({ customerId, isDefault: true }).modify('usable').first();
    if (!card) return { state: 'refused', why: 'noCard' };
    const wish = { paymentMethodId: card.id, by: askerOf(batch), attemptId };
    try {
      const { status, declineCode } = await processes.update(invoicePayment, { invoiceId }, retryPayment, wish);
      return come(status, declineCode);
    } catch (error) {
      if (error instanceof ProcessStillAtIt) return { state: 'begun' };
      throw error;
    }
  }

  async function writtenOff(batch: CollectionBatch, { invoiceId }: CollectionBatchItem): Promise<Outcome> {
    if (await WriteOff.query().findOne({ invoiceId })) return { state: 'done' };
    const wish = { reason: batch.reason ?? '', by: askerOf(batch) };
    await processes.update(invoicePayment, { invoiceId }, writeOff, wish);
    return { state: 'done' };
  }

  /** Asked twice by a worker that died between, it stands in the rows already. */
  async function asked(batch: CollectionBatch, { invoiceId }: CollectionBatchItem): Promise<Outcome> {
    const cardAskedAt = (await CollectionPlan.query().findById(invoiceId))?.cardAskedAt;
    if (cardAskedAt && cardAskedAt >= batch.askedAt) return { state: 'done' };
    await processes.update(invoicePayment, { invoiceId }, askForCard, { by: askerOf(batch) });
    return { state: 'done' };
  }

  /** From where the next try stood when the set was sent: asked twice, they are the same days. */
  async function granted(batch: CollectionBatch, { invoiceId, nextTryAt }: CollectionBatchItem): Promise<Outcome> {
    if (!nextTryAt || !batch.days) return { state: 'refused', why: 'nothingPlanned' };
    const wish = { days: batch.days, from: nextTryAt.toISOString(), reason: batch.reason ?? '' };
    const change = { kind: 'grant', ...wish } as const;
    await processes.update(invoicePayment, { invoiceId }, changeSchedule, { change, by: askerOf(batch) });
    return { state: 'done' };
  }

  /** An invoice that nobody collects yet: its process is begun, and asked when this is tried again. */
  async function begunOrGone({ invoiceId }: CollectionBatchItem, error: ProcessRefused): Promise<Outcome> {
    const { status, orderId } = await Invoice.query().findById(invoiceId).throwIfNotFound();
    if (status !== 'open') return { state: 'refused', why: 'closed' };
    if (orderId || activityInfo().attempt >= PATIENCE) return { state: 'refused', why: 'gone' };
    await processes.start(invoicePayment, { invoiceId });
    throw error;
  }
}

function askerOf({ askedBy, address }: CollectionBatch) {
  return { staffId: askedBy, address };
}

function come(status: AttemptStatus | AttemptOutcome['status'], declineCode: string | null | undefined): Outcome {
  if (status === 'succeeded') return { state: 'done' };
  if (status === 'paid_from_credit') return { state: 'done', why: 'fromCredit' };
  if (status === 'declined') return { state: 'declined', why: declineCode ?? undefined };
  return { state: 'begun' };
}
