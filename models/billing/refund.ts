import { Model, type QueryBuilder, type Transaction } from 'objection';
import { type RefundStatus, refundStatusesBefore } from '../../rules/billing/refund-status.js';
import type { Money } from '../../rules/money.js';
import { TimelineEntry } from '../timeline-entry.js';
import { AccountCredit } from './account-credit.js';
import type { CreditNote } from './credit-note.js';
import { LedgerTransaction } from './ledger-transaction.js';
import { Payment } from './payment.js';

/** Money going back the way it came, committed with its key before the provider is asked. */
export class Refund extends Model {
  static override tableName = 'refunds';

  declare id: string;
  declare paymentId: string;
  declare creditNoteId: string;
  declare amountMinor: number;
  declare currency: string;
  declare status: RefundStatus;
  declare key: string;
  declare providerId: string | null;
  declare requestedAt: Date;
  declare settledAt: Date | null;
  /** Counted up when what came back is sent again. */
  declare round: number;
  declare returnedAt: Date | null;
  declare returnClosedAt: Date | null;
  declare payment: Payment;

  static override relationMappings = () => ({
    payment: {
      relation: Model.BelongsToOneRelation,
      modelClass: Payment,
      join: { from: 'refunds.paymentId', to: 'payments.id' },
    },
  });

  static override modifiers = {
    of: (query: QueryBuilder<Refund>, invoiceId: string) =>
      query.joinRelated('payment').where('payment.invoiceId', invoiceId),
    /** Whatever did not come back: of that another round takes the place. */
    standing: (query: QueryBuilder<Refund>) => query.whereNot('refunds.status', 'returned'),
  };

  /** One refund for each payment of a credited invoice, less what of it became credit; asked for again it is the same refund. */
  static async requestFor(note: CreditNote, requestedAt: Date, trx: Transaction): Promise<Refund[]> {
    const payments = await Payment.query(trx).where({ invoiceId: note.invoiceId });
    for (const { id: paymentId, amountMinor: paidMinor, currency } of payments) {
      const credit = await AccountCredit.query(trx).findOne({ paymentId });
      const amountMinor = paidMinor - (credit?.amountMinor ?? 0);
      if (amountMinor === 0) continue;
      const refund = {
        paymentId,
        creditNoteId: note.id,
        amountMinor,
        currency,
        key: `refund-${paymentId}`,
        requestedAt,
        round: 1,
      };
      await Refund.query(trx)
        .insert({ ...refund, status: 'requested' })
        .onConflict(['paymentId', 'creditNoteId', 'round'])
        .ignore();
    }
    return Refund.query(trx).where({ creditNoteId: note.id }).withGraphFetched('payment');
  }

  /** What the bank sent back is asked for anew, under a key of its own that is committed before the provider hears of it. */
  async askAgain(requestedAt: Date): Promise<Refund> {
    const [, first = this.key, tries = '1'] = this.key.match(/^(.+?)(?:~(\d+))?$/) ?? [];
    const again = { key: `${first}~${Number(tries) + 1}`, providerId: null, requestedAt, settledAt: null };
    await this.$query()
      .patch({ ...again, status: 'requested' })
      .where({ status: 'failed' });
    return Refund.query().findById(this.id).withGraphFetched('payment').throwIfNotFound();
  }

  /** Books it when the money left, once. */
  async settle(providerId: string, status: 'pending' | 'succeeded' | 'failed', at: Date): Promise<void> {
    await Refund.transaction(async (trx) => {
      const open = await Refund.query(trx)
        .findById(this.id)
        .whereIn('status', refundStatusesBefore(status))
        .forUpdate();
      if (!open) return;
      await open.$query(trx).patch({ status, providerId, settledAt: status === 'pending' ? null : at });
      if (status !== 'succeeded') return;
      const { customerId, invoiceId } = await Payment.query(trx).findById(this.paymentId).throwIfNotFound();
      const { id, currency, amountMinor } = this;
      const booking = { receivables: amountMinor, cash: -amountMinor };
      await LedgerTransaction.book({ kind: 'refund', sourceId: id, customerId, currency, at }, booking, trx);
      const event = { event: 'invoice.refunded', values: { amount: this.amount }, actor: 'process' } as const;
      await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...event }, trx);
    });
  }

  get amount(): Money {
    return { amountMinor: this.amountMinor, currency: this.currency };
  }
}
