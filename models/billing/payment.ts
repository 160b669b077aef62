import { Model, type Transaction } from 'objection';
import { settledAccount } from '../../rules/billing/loss.js';
import type { Money } from '../../rules/money.js';
import { TimelineEntry } from '../timeline-entry.js';
import { AccountCredit } from './account-credit.js';
import { Invoice } from './invoice.js';
import { LedgerTransaction } from './ledger-transaction.js';

interface Receipt {
  readonly invoiceId: string;
  readonly method: Payment['method'];
  readonly amount: Money;
  readonly attemptId?: string;
  /** The provider's id of the charge. */
  readonly providerId?: string;
  /** What a person reads: the card's ending, a transfer's reference. */
  readonly reference?: string;
  readonly at: Date;
  /** When it reached the bank, where that was before it was booked. */
  readonly receivedAt?: Date;
  /** Who of the staff booked it, or which user of the customer used credit; else it came by itself. */
  readonly staffId?: string;
  readonly userId?: string;
}

/** Money that came in for an invoice. Never changed; what goes back is a refund. */
export class Payment extends Model {
  static override tableName = 'payments';

  declare id: string;
  declare customerId: string;
  declare invoiceId: string;
  declare method: 'card' | 'transfer' | 'credit';
  declare attemptId: string | null;
  declare providerId: string | null;
  declare reference: string | null;
  declare amountMinor: number;
  declare currency: string;
  declare receivedAt: Date;

  /** Books a receipt once; what exceeds the invoice's balance, or comes after it was voided, becomes customer credit. */
  static async receive(
    { at, receivedAt = at, staffId, userId, amount, ...receipt }: Receipt,
    trx: Transaction,
  ): Promise<Payment> {
    const invoice = await Invoice.query(trx).findById(receipt.invoiceId).forUpdate().throwIfNotFound();
    const known = receipt.attemptId && (await Payment.query(trx).findOne({ attemptId: receipt.attemptId }));
    if (known) return known;
    const due = await invoice.receivable(trx);
    const { customerId } = invoice;
    const payment = await Payment.query(trx).insertAndFetch({ ...receipt, ...amount, customerId, receivedAt });
    const settled = Math.min(due.amountMinor, amount.amountMinor);
    const excess = amount.amountMinor - settled;
    const cause = { kind: 'payment', sourceId: payment.id, customerId, currency: amount.currency, at } as const;
    const ofCredit = receipt.method === 'credit';
    const booking = {
      cash: ofCredit ? 0 : amount.amountMinor,
      [settledAccount(invoice.status)]: -settled,
      customer_credit: (ofCredit ? amount.amountMinor : 0) - excess,
    };
    await LedgerTransaction.book(cause, booking, trx);
    const told = {
      event: ofCredit ? 'invoice.credit_used' : 'invoice.paid',
      values: { amount, reference: receipt.reference ?? '' },
    };
    const about = { subjectType: 'invoice', subjectId: invoice.id, happenedAt: at } as const;
    await TimelineEntry.tell({ ...about, ...told, ...actorOf({ staffId, userId }) }, trx);
    if (excess > 0) await AccountCredit.keep(payment, excess, at, trx);
    if (settled > 0 && settled === due.amountMinor) await invoice.$query(trx).patch({ status: 'paid', paidAt: at });
    return payment;
  }

  get amount(): Money {
    return { amountMinor: this.amountMinor, currency: this.currency };
  }
}

function actorOf({ staffId, userId }: Pick<Receipt, 'staffId' | 'userId'>) {
  if (staffId) return { actor: 'staff', actorId: staffId } as const;
  return userId ? ({ actor: 'customer', actorId: userId } as const) : ({ actor: 'process' } as const);
}
