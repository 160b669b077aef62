import type { Transaction } from 'objection';
import { type HandRefundRefusal, handRefundRefusal } from '../../rules/billing/refund-status.js';
import { type CalendarDay, startOfDay } from '../../rules/calendar.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { Dispute } from './dispute.js';
import { Invoice } from './invoice.js';
import { Refund } from './refund.js';
import { areRefundsGivenUp } from './refund-task.js';

/** A bank transfer of ours to a customer, as our bank's statement has it. */
export interface SentTransfer {
  readonly reference: string;
  readonly sentOn: CalendarDay;
}

/** `othersReference`: by that transfer another customer was paid. */
export type SentTransferRefusal = HandRefundRefusal | 'othersReference';

/** A refund as it stands, and why staff may not write down that they sent it themselves; nothing where they may. */
export interface StandingRefund {
  readonly refund: Refund;
  readonly barred: HandRefundRefusal | undefined;
}

/** The last round of each refund of an invoice, the first asked for first. */
export async function refundsStanding(
  invoice: Pick<Invoice, 'id' | 'orderId'>,
  trx?: Transaction,
): Promise<StandingRefund[]> {
  const refunds = await Refund.query(trx)
    .modify('of', invoice.id)
    .withGraphFetched('payment')
    .orderBy(['requestedAt', 'round']);
  if (refunds.length === 0) return [];
  const givenUp = await areRefundsGivenUp(invoice, trx);
  const lost = await Dispute.query(trx)
    .modify('of', invoice.id)
    .whereNotNull('withdrawnAt')
    .whereNot('disputes.status', 'won');
  return refunds
    .filter((refund) => !refunds.some((other) => takesThePlaceOf(other, refund)))
    .map((refund) => {
      const { status, payment } = refund;
      const disputed = lost.some(({ attemptId }) => attemptId === payment.attemptId);
      return { refund, barred: handRefundRefusal({ status, method: payment.method, givenUp, disputed }) };
    });
}

/**
 * Writes down that staff sent a refund by bank transfer: books it, once, with its sentence and its audit entry. What the bank
 * sent back becomes the next round of the same credit. Answers why it was refused, or nothing.
 */
export async function recordHandRefund(
  invoiceId: string,
  refundId: string,
  { reference, sentOn }: SentTransfer,
  act: StaffAct,
): Promise<SentTransferRefusal | undefined> {
  return Refund.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    await invoice.$fetchGraph('customer', { transaction: trx });
    const asked = await Refund.query(trx).findById(refundId).forUpdate().throwIfNotFound();
    if (await asked.sentAs(reference, trx)) return undefined;
    const standing = (await refundsStanding(invoice, trx)).find(({ refund }) => refund.id === refundId);
    if (!standing) return 'closed';
    if (standing.barred) return standing.barred;
    if (await wasSentToAnother(invoice.customerId, reference, trx)) return 'othersReference';
    const before = { status: asked.status, providerId: asked.providerId };
    const refund = asked.status === 'returned' ? await asked.nextRound(act.at, trx) : asked;
    if (!refund) return 'underWay'; // its process has just asked for it
    const began = startOfDay(sentOn, invoice.customer.timeZone).getTime();
    const sentAt = new Date(Math.min(began, act.at.getTime()));
    await refund.sentByHand({ reference, sentAt, staffId: act.staff.id }, act.at, trx);
    const change = { action: 'invoice.refund_sent', subjectType: 'invoice', subjectId: invoice.number } as const;
    await recordAct(act, { ...change, before, after: { reference, sentOn, amount: refund.amount } }, trx);
    return undefined;
  });
}

function takesThePlaceOf(other: Refund, refund: Refund): boolean {
  const { paymentId, creditNoteId, round } = refund;
  return other.paymentId === paymentId && other.creditNoteId === creditNoteId && other.round > round;
}

async function wasSentToAnother(customerId: string, transferReference: string, trx: Transaction): Promise<boolean> {
  const others = Refund.query(trx).joinRelated('payment').whereNot('payment.customerId', customerId);
  return (await others.where({ transferReference }).resultSize()) > 0;
}
