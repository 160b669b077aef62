import { creditPart } from '../../rules/billing/credit-part.js';
import { failuresOf } from '../../rules/billing/failed-attempts.js';
import type { FailedAttempts, RetryPolicy } from '../../rules/billing/retry-schedule.js';
import type { Money } from '../../rules/money.js';
import type { Customer } from '../accounts/customer.js';
import { HeldStep } from '../durable/held-step.js';
import { Order } from '../orders/order.js';
import { TimelineEntry } from '../timeline-entry.js';
import { CollectionPlan } from './collection-plan.js';
import { creditOf } from './credit-balance.js';
import { CreditNote } from './credit-note.js';
import { Dispute } from './dispute.js';
import { Invoice } from './invoice.js';
import { Payment } from './payment.js';
import { PaymentAttempt } from './payment-attempt.js';
import { PaymentMethod } from './payment-method.js';
import { Refund } from './refund.js';
import { RetrySchedule } from './retry-schedule.js';

/** All that an invoice's page tells. */
export interface InvoiceStory {
  readonly invoice: Invoice;
  readonly due: Money;
  /** What its customer has of credit while it is open; it goes before a card. */
  readonly credit: Money;
  /** What a card would be asked for. */
  readonly cardPart: Money;
  /** What was paid, the first first. */
  readonly receipts: readonly Payment[];
  /** The order it was issued for. */
  readonly order: Order | undefined;
  /** Every try to charge a card, the last one first. */
  readonly attempts: readonly PaymentAttempt[];
  readonly cards: readonly PaymentMethod[];
  readonly creditNotes: readonly CreditNote[];
  readonly refunds: readonly Refund[];
  readonly disputes: readonly Dispute[];
  /** What staff said of the next try, and asked of the customer. */
  readonly plan: CollectionPlan | undefined;
  /** What was tried in vain since the customer last tried themselves, and the schedule by which it is tried again. */
  readonly failed: FailedAttempts | null;
  readonly policy: RetryPolicy;
  /** Whether its charge waits at an emergency stop. */
  readonly isHeld: boolean;
  readonly story: readonly TimelineEntry[];
}

/** A customer's issued invoice by its number. */
export async function ownInvoice(customer: Customer, number: string): Promise<Invoice> {
  return invoiceNumbered(number).modify('ownedBy', customer);
}

/** Whosever issued invoice: for staff. */
export function invoiceNumbered(number: string) {
  const named = /^[A-Z]{1,8}-\d{4}-\d{6,9}$/.test(number) ? number : '';
  return Invoice.query()
    .modify('issued')
    .findOne({ 'invoices.number': named })
    .withGraphFetched('[customer, lines]')
    .throwIfNotFound();
}

export async function storyOf(invoice: Invoice): Promise<InvoiceStory> {
  const { id: invoiceId, customer, orderId } = invoice;
  const waiting = HeldStep.query().where({ workflowId: `invoice-payment:${invoiceId}`, deed: 'charge' });
  const [settlement, order, attempts, cards, creditNotes, refunds, disputes, plan, held, story] = await Promise.all([
    settlementOf(invoice),
    orderId ? Order.query().findById(orderId) : undefined,
    PaymentAttempt.query().where({ invoiceId }).modify('newestFirst').withGraphFetched('paymentMethod'),
    PaymentMethod.query().modify('ownedBy', customer).modify('usable'),
    CreditNote.query().where({ invoiceId }).orderBy('issuedAt'),
    Refund.query().modify('of', invoiceId),
    Dispute.query().modify('of', invoiceId),
    CollectionPlan.query().findById(invoiceId),
    waiting.resultSize(),
    TimelineEntry.query().modify('about', 'invoice', invoiceId).modify('newestFirst'),
  ]);
  const failed = failuresOf(attempts.filter(({ status }) => status === 'declined').toReversed());
  const collecting = { plan, failed, policy: await RetrySchedule.policyFor(failed), isHeld: held > 0 };
  const papers = { order, attempts, cards, creditNotes, refunds, disputes, story };
  return { invoice, ...settlement, ...papers, ...collecting };
}

/** What was paid of an invoice, what is owed, and what of that credit would pay. */
export async function settlementOf(
  invoice: Invoice,
): Promise<Pick<InvoiceStory, 'due' | 'credit' | 'cardPart' | 'receipts'>> {
  const { id: invoiceId, customerId, currency, status } = invoice;
  const [due, credit, receipts] = await Promise.all([
    invoice.due(),
    status === 'open' ? creditOf(customerId, currency) : { amountMinor: 0, currency },
    Payment.query().where({ invoiceId }).orderBy('receivedAt'),
  ]);
  const cardPart = { currency, amountMinor: due.amountMinor - creditPart(due, credit.amountMinor).amountMinor };
  return { due, credit, cardPart, receipts };
}
