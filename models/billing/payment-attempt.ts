import { Model, type QueryBuilder, UniqueViolationError } from 'objection';
import type { DeclineKind } from '../../rules/billing/declines.js';
import type { AskedBy } from '../../workflows/messages/desk.js';
import type { ShownAmount } from '../../workflows/messages/invoice-payment.js';
import { useCredit } from './credit-use.js';
import { Invoice } from './invoice.js';
import { PaymentMethod } from './payment-method.js';
import { recordRetry } from './retry-request.js';

export type AttemptStatus =
  | 'created' //         committed; the provider may not know of it yet
  | 'processing' //      the bank has not decided
  | 'requires_action' // the bank wants to see its customer
  | 'unknown' //         no answer: it is looked up, never charged again
  | 'succeeded'
  | 'declined'
  | 'cancelled';

export const openAttemptStatuses: readonly AttemptStatus[] = ['created', 'processing', 'requires_action', 'unknown'];

type NewAttempt = Pick<PaymentAttempt, 'id' | 'invoiceId' | 'paymentMethodId' | 'onSession'> & {
  /** Who of the staff asked for it. */
  readonly by?: AskedBy | undefined;
  /** What the customer agreed to. */
  readonly shown?: ShownAmount | undefined;
};

/** The card or the credit would pay something else than was shown; nothing was taken of either. */
export class AmountChangedSince extends Error {
  override name = 'AmountChangedSince';
}

/** One try to charge a card for an invoice, committed with its keys before the provider hears of it. */
export class PaymentAttempt extends Model {
  static override tableName = 'payment_attempts';

  declare id: string;
  declare invoiceId: string;
  declare paymentMethodId: string;
  declare amountMinor: number;
  declare currency: string;
  declare onSession: boolean;
  declare status: AttemptStatus;
  declare createKey: string;
  declare confirmKey: string;
  declare intentId: string | null;
  declare declineKind: DeclineKind | null;
  declare declineCode: string | null;
  declare startedAt: Date;
  declare settledAt: Date | null;
  /** Of the staff; nobody, where the customer paid or the card was tried by itself. */
  declare askedBy: string | null;
  declare invoice: Invoice;
  declare paymentMethod: PaymentMethod;

  static override relationMappings = () => ({
    invoice: {
      relation: Model.BelongsToOneRelation,
      modelClass: Invoice,
      join: { from: 'payment_attempts.invoiceId', to: 'invoices.id' },
    },
    paymentMethod: {
      relation: Model.BelongsToOneRelation,
      modelClass: PaymentMethod,
      join: { from: 'payment_attempts.paymentMethodId', to: 'payment_methods.id' },
    },
  });

  static override modifiers = {
    open: (query: QueryBuilder<PaymentAttempt>) => query.whereIn('payment_attempts.status', openAttemptStatuses),
    newestFirst: (query: QueryBuilder<PaymentAttempt>) => query.orderBy('startedAt', 'desc'),
  };

  /**
   * Opens an attempt over what is still owed once the customer's credit was used; nothing where nothing is, the invoice may
   * have been paid or voided meanwhile. While one is open, it is the answer: two never run at once. `id` is drawn by the process, so that a
   * repeated activity finds its own.
   */
  static async open({ by, shown, ...wanted }: NewAttempt, startedAt: Date): Promise<PaymentAttempt | undefined> {
    const { id, invoiceId } = wanted;
    try {
      return await PaymentAttempt.transaction(async (trx) => {
        const standing = await PaymentAttempt.query(trx).modify('open').findOne({ invoiceId });
        if (standing) return standing;
        const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
        const used = await useCredit(invoice, startedAt, trx);
        const due = await invoice.due(trx);
        if (due.amountMinor === 0 && !used) return undefined;
        const isShown = shown?.cardMinor === due.amountMinor && shown.creditMinor === (used?.amountMinor ?? 0);
        if (shown && !isShown) throw new AmountChangedSince(); // and the credit is given back with its transaction
        if (due.amountMinor === 0) return undefined;
        const keys = { createKey: `attempt-${id}-create`, confirmKey: `attempt-${id}-confirm` };
        if (by)
          await recordRetry({ invoice, paymentMethodId: wanted.paymentMethodId, amount: due }, by, startedAt, trx);
        const attempt = { ...wanted, ...due, ...keys, startedAt, askedBy: by?.staffId ?? null };
        return PaymentAttempt.query(trx).insertAndFetch({ ...attempt, status: 'created' });
      });
    } catch (error) {
      if (!(error instanceof UniqueViolationError)) throw error;
      return PaymentAttempt.query().modify('open').findOne({ invoiceId });
    }
  }

  get amount() {
    return { amountMinor: this.amountMinor, currency: this.currency };
  }
}
