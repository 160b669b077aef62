import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type Payments, PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { CreditNote, type CreditReason } from '../../models/billing/credit-note.js';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { Refund } from '../../models/billing/refund.js';
import { RefundFailed } from '../../workflows/messages/failures.js';
import { askedAt } from '../durable/clock.js';
import { heartbeating } from '../durable/heartbeats.js';

export interface RefundDeps {
  readonly payments: Pick<Payments, 'refundCharge' | 'lookUpRefund' | 'refundOfCharge'>;
}

interface Credit {
  readonly invoiceId: string;
  readonly reason: CreditReason;
}

/** The provider keeps a key for a day at least: what was asked for longer ago may be there though its key is not. */
const KEY_KEPT_MS = 20 * 3_600_000;

export type RefundActivities = ReturnType<typeof createRefundActivities>;

export function createRefundActivities({ payments }: RefundDeps) {
  async function moveOn(known: Refund): Promise<Refund['status']> {
    const isRepeated = activityInfo().attempt > 1; // by itself: asking anew is for a person to say
    if (known.status === 'failed' && isRepeated) return known.status;
    const refund = known.status === 'failed' ? await known.askAgain(askedAt()) : known;
    if (refund.status === 'succeeded') return refund.status; // staff have just written down that they sent it
    const { providerId } = refund;
    const answer = await (providerId ? payments.lookUpRefund(providerId) : asked(refund));
    await refund.settle(answer.id, answer.state, askedAt());
    return answer.state;
  }

  async function asked({ id: refundId, key, amount, payment, requestedAt }: Refund) {
    const intentId = await intentOf(payment.attemptId);
    const isOld = askedAt().getTime() - requestedAt.getTime() > KEY_KEPT_MS;
    const found = isOld ? await payments.refundOfCharge(intentId, refundId) : undefined;
    return found ?? payments.refundCharge({ intentId, amount, refundId }, key);
  }

  return {
    /** Takes an open invoice back, so that nothing is charged for it any more. Not voided: it was paid. */
    async voidInvoice(invoiceId: string): Promise<{ voided: boolean }> {
      return Invoice.transaction(async (trx) => {
        const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
        return { voided: invoice.status === 'void' || (await invoice.voidIfOpen(askedAt(), trx)) };
      });
    },

    /** The credit note of a paid invoice and a refund for each of its payments, committed before money moves. */
    async creditInvoice({ invoiceId, reason }: Credit): Promise<{ creditNote: string; refunds: number }> {
      return Invoice.transaction(async (trx) => {
        const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
        const note = await CreditNote.issueFor(invoice, reason, askedAt(), trx);
        const refunds = await Refund.requestFor(note, askedAt(), trx);
        return { creditNote: note.number, refunds: refunds.length };
      });
    },

    /**
     * Sends back what the invoice's credit note says, each refund once. `pending` of them the bank has not decided yet:
     * asked again later, they are looked up. Fails with `RefundFailed` when the bank sent one back; called again, by a
     * person, it asks for that one anew.
     */
    async refundPayments(invoiceId: string): Promise<{ pending: number }> {
      const refunds = await Refund.query().modify('of', invoiceId).modify('standing').withGraphFetched('payment');
      return ends(await heartbeating(() => eachOf(refunds.map(moveOn))));
    },

    /**
     * Looks up what the bank has not decided, and sends nothing. Fails with `RefundFailed` when one has come back, also where
     * an earlier attempt wrote that down and could not say so.
     */
    async lookUpRefunds(invoiceId: string): Promise<{ pending: number }> {
      const standing = await Refund.query().modify('of', invoiceId).modify('standing').withGraphFetched('payment');
      const isRepeated = activityInfo().attempt > 1;
      const cameBack = ({ status, settledAt }: Refund) =>
        isRepeated && status === 'failed' && settledAt?.getTime() === askedAt().getTime();
      const undecided = standing.filter((refund) => refund.status === 'pending' || cameBack(refund));
      return ends(await heartbeating(() => eachOf(undecided.map(moveOn))));
    },
  };
}

function ends(statuses: readonly Refund['status'][]): { pending: number } {
  if (statuses.includes('failed')) throw ApplicationFailure.nonRetryable('the bank sent the refund back', RefundFailed);
  return { pending: statuses.filter((status) => status === 'pending').length };
}

/** All of them, each come to its end. What may pass by itself is thrown before what a person must look at. */
async function eachOf<Result>(asked: readonly Promise<Result>[]): Promise<Result[]> {
  const ends = await Promise.allSettled(asked);
  const errors: unknown[] = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  if (errors.length > 0) throw errors.find((error) => error instanceof PaymentsUnavailable) ?? errors[0];
  return ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : []));
}

async function intentOf(attemptId: string | null): Promise<string> {
  const attempt = attemptId ? await PaymentAttempt.query().findById(attemptId) : undefined;
  if (attempt?.intentId) return attempt.intentId;
  throw ApplicationFailure.nonRetryable('this payment did not come by card', RefundFailed);
}
