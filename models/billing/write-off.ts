import { Model, type Transaction } from 'objection';
import { type DeskRefusal, writeOffRefusal } from '../../rules/billing/collecting.js';
import { lossBooking } from '../../rules/billing/loss.js';
import { exceededInDay, mayWriteOff, WRITE_OFF_DAY_MS } from '../../rules/billing/write-off-limit.js';
import type { Money } from '../../rules/money.js';
import type { AskedBy } from '../../workflows/messages/desk.js';
import { actOfAsker } from '../accounts/asked-by.js';
import { recordAct } from '../accounts/staff-act.js';
import { StaffMember } from '../accounts/staff-member.js';
import { Order } from '../orders/order.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Invoice } from './invoice.js';
import { LedgerTransaction } from './ledger-transaction.js';
import { PaymentAttempt } from './payment-attempt.js';

interface Wish {
  readonly reason: string;
  readonly by: AskedBy;
}

/** What the shop gave up of an invoice, why and at whose word. Never changed: what comes in later is a payment. */
export class WriteOff extends Model {
  static override tableName = 'write_offs';

  declare id: string;
  declare invoiceId: string;
  declare amountMinor: number;
  declare currency: string;
  declare reason: string;
  declare writtenOffBy: string;
  declare writtenOffAt: Date;

  /** Row, booking, the invoice's end, sentence and audit entry, once; says why not, or nothing. */
  static record(invoiceId: string, { reason, by }: Wish, at: Date): Promise<DeskRefusal | undefined> {
    return WriteOff.transaction(async (trx) => {
      const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
      if (await WriteOff.query(trx).findOne({ invoiceId })) return undefined; // the activity is tried again
      const attempt = await PaymentAttempt.query(trx).modify('open').findOne({ invoiceId });
      const order = invoice.orderId ? await Order.query(trx).findById(invoice.orderId) : undefined;
      const refusal = writeOffRefusal({ status: invoice.status, attempt: attempt?.status, order: order?.status });
      if (refusal) return refusal;

      const lost = await invoice.due(trx);
      const { role } = await StaffMember.query(trx).findById(by.staffId).forNoKeyUpdate().throwIfNotFound(); // of many at once each sees the others
      if (!mayWriteOff(role, lost)) return 'aboveLimit';
      if (exceededInDay(role, [lost], await WriteOff.withinDay(by.staffId, at, trx))) return 'aboveDayLimit';
      const row = { invoiceId, ...lost, reason, writtenOffBy: by.staffId, writtenOffAt: at };
      const { id: sourceId } = await WriteOff.query(trx).insertAndFetch(row);
      const { customerId, number, currency } = invoice;
      const cause = { kind: 'write_off', sourceId, customerId, currency, at } as const;
      await LedgerTransaction.book(cause, lossBooking(lost), trx);
      await invoice.$query(trx).patch({ status: 'uncollectible' });
      const about = { action: 'invoice.written_off', subjectType: 'invoice', subjectId: number } as const;
      const values = { before: { status: 'open' }, after: { status: 'uncollectible', amount: lost, reason } };
      await recordAct(await actOfAsker(by, at, trx), { ...about, ...values }, trx);
      const told = {
        event: 'invoice.written_off',
        values: { amount: lost },
        actor: 'staff',
        actorId: by.staffId,
      } as const;
      await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...told }, trx);
      return undefined;
    });
  }

  /** What one person gave up within 24 hours, a sum a currency. */
  static async withinDay(staffId: string, now: Date, trx?: Transaction): Promise<Money[]> {
    const sums = await WriteOff.query(trx)
      .where({ writtenOffBy: staffId })
      .where('writtenOffAt', '>', new Date(now.getTime() - WRITE_OFF_DAY_MS))
      .groupBy('currency')
      .select('currency')
      .sum('amountMinor AS amountMinor');
    return sums.map(({ amountMinor, currency }) => ({ amountMinor: Number(amountMinor), currency }));
  }

  get amount(): Money {
    return { amountMinor: this.amountMinor, currency: this.currency };
  }
}
