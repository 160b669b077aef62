import { Model, type QueryBuilder, type Transaction } from 'objection';
import { type RefundStatus, refundStatusesBefore } from '../../rules/billing/refund-status.js';
import type { Money } from '../../rules/money.js';
import { TimelineEntry, type TimelineEvent } from '../timeline-entry.js';
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
  /** How often it was said to have come back and looked at. */
  declare returnLooks: number;
  /** Of a transfer by which staff sent it themselves. */
  declare transferReference: string | null;
  declare sentBy: string | null;
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

  /**
   * The refunds of a credit note, the last payment first and none above what is left of it; asked for again they are the
   * same. What was paid with credit goes back to credit at once. The caller holds the invoice's lock.
   */
  static async requestFor(note: CreditNote, requestedAt: Date, trx: Transaction): Promise<Refund[]> {
    const known = await Refund.query(trx).where({ creditNoteId: note.id }).resultSize();
    const payments = known > 0 ? [] : await refundable(note.invoiceId, trx);
    let leftMinor = note.totalMinor;
    for (const { id: paymentId, method, currency, restMinor } of payments) {
      const amountMinor = Math.min(restMinor, leftMinor);
      leftMinor -= amountMinor;
      if (amountMinor === 0) continue;
      const key = `refund-${paymentId}-${note.id}`;
      const row = { paymentId, creditNoteId: note.id, amountMinor, currency, key, requestedAt, round: 1 };
      const refund = await Refund.query(trx).insertAndFetch({ ...row, status: 'requested' });
      if (method === 'credit') await refund.giveBack(requestedAt, trx);
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
      const told = { event: 'invoice.refunded', values: { amount: this.amount }, actor: 'process' } as const;
      if (status === 'succeeded') await open.book('cash', told, at, trx);
    });
  }

  /** The row that takes the place of one that came back, unless there is one already. */
  async nextRound(requestedAt: Date, trx: Transaction): Promise<Refund | undefined> {
    const { paymentId, creditNoteId, amountMinor, currency, round } = this;
    const next = { paymentId, creditNoteId, amountMinor, currency, requestedAt, round: round + 1 };
    const key = `refund-${paymentId}-${creditNoteId}-${next.round}`;
    const [made]: { id: string }[] = await trx('refunds')
      .insert({ ...next, key, status: 'requested' })
      .onConflict(['paymentId', 'creditNoteId', 'round'])
      .ignore()
      .returning('id');
    return made && Refund.query(trx).findById(made.id);
  }

  /** Books a transfer of ours. The caller holds its lock, and knows that nobody else sends it. */
  async sentByHand(
    { reference, sentAt, staffId }: { readonly reference: string; readonly sentAt: Date; readonly staffId: string },
    at: Date,
    trx: Transaction,
  ): Promise<void> {
    const sent = { transferReference: reference, sentBy: staffId, settledAt: sentAt, providerId: null };
    await this.$query(trx).patch({ ...sent, status: 'succeeded' });
    const values = { amount: this.amount, reference };
    await this.book('cash', { event: 'invoice.refund_sent', values, actor: 'staff', actorId: staffId }, at, trx);
  }

  /** Whether it, or what took its place, was sent by this transfer. */
  async sentAs(transferReference: string, trx: Transaction): Promise<boolean> {
    const { paymentId, creditNoteId, round } = this;
    const rounds = Refund.query(trx).where({ paymentId, creditNoteId }).where('round', '>=', round);
    return (await rounds.where({ transferReference }).resultSize()) > 0;
  }

  /** Of credit: no provider is asked. */
  private async giveBack(at: Date, trx: Transaction): Promise<void> {
    await this.$query(trx).patch({ status: 'succeeded', settledAt: at });
    const told = { event: 'invoice.credit_returned', values: { credit: this.amount }, actor: 'process' } as const;
    await this.book('customer_credit', told, at, trx);
  }

  private async book(
    from: 'cash' | 'customer_credit',
    told: Pick<TimelineEvent, 'event' | 'values' | 'actor' | 'actorId'>,
    at: Date,
    trx: Transaction,
  ): Promise<void> {
    const { customerId, invoiceId } = await Payment.query(trx).findById(this.paymentId).throwIfNotFound();
    const { id, currency, amountMinor } = this;
    const booking = { receivables: amountMinor, [from]: -amountMinor };
    await LedgerTransaction.book({ kind: 'refund', sourceId: id, customerId, currency, at }, booking, trx);
    const about = { subjectType: 'invoice', subjectId: invoiceId, happenedAt: at } as const;
    await TimelineEntry.tell({ ...about, ...told }, trx);
  }

  get amount(): Money {
    return { amountMinor: this.amountMinor, currency: this.currency };
  }
}

interface Refundable extends Pick<Payment, 'id' | 'method' | 'currency'> {
  /** What came in, less what of it became credit and what goes back already. */
  readonly restMinor: number;
}

async function refundable(invoiceId: string, trx: Transaction): Promise<Refundable[]> {
  const { rows } = await trx.raw<{ rows: Refundable[] }>(
    `SELECT id, method, currency, (amount_minor
        - coalesce((SELECT sum(amount_minor) FROM account_credits c WHERE c.payment_id = payments.id), 0)
        - coalesce((SELECT sum(amount_minor) FROM refunds r WHERE r.payment_id = payments.id AND r.status <> 'returned'), 0)
      )::bigint AS "restMinor"
     FROM payments WHERE invoice_id = :invoiceId ORDER BY received_at DESC, id`,
    { invoiceId },
  );
  return rows;
}
