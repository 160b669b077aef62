import { Model, type Transaction } from 'objection';
import { type CalendarDay, dayAt } from '../../rules/calendar.js';
import type { Money } from '../../rules/money.js';
import { LegalEntity } from '../accounts/legal-entity.js';
import { TimelineEntry } from '../timeline-entry.js';
import { DocumentSeries } from './document-series.js';
import type { Invoice } from './invoice.js';
import { LedgerTransaction } from './ledger-transaction.js';

export type CreditReason = 'order_cancelled' | 'order_undeliverable';

/** Takes back an issued invoice; names it (Directive 2006/112/EC, Art. 219) and carries its lines. */
export class CreditNote extends Model {
  static override tableName = 'credit_notes';

  declare id: string;
  declare invoiceId: string;
  declare customerId: string;
  declare number: string;
  declare reason: CreditReason;
  declare currency: string;
  declare netMinor: number;
  declare vatMinor: number;
  declare totalMinor: number;
  declare issuedOn: CalendarDay;
  declare issuedAt: Date;

  /** Credits the whole invoice, once. */
  static async issueFor(invoice: Invoice, reason: CreditReason, at: Date, trx: Transaction): Promise<CreditNote> {
    const known = await CreditNote.query(trx).findOne({ invoiceId: invoice.id });
    if (known) return known;
    const seller = await LegalEntity.query(trx).findById(invoice.legalEntityId).throwIfNotFound();
    const { id: invoiceId, customerId, currency, netMinor, vatMinor, totalMinor } = invoice;
    const issuedOn = dayAt(at, seller.timeZone);
    const number = await DocumentSeries.next(seller, 'credit_note', Number(issuedOn.slice(0, 4)), trx);
    const amounts = { currency, netMinor, vatMinor, totalMinor };
    const note = { invoiceId, customerId, number, reason, ...amounts, issuedOn, issuedAt: at };
    const issued = await CreditNote.query(trx).insertAndFetch(note);
    const booking = { revenue: netMinor, vat: vatMinor, receivables: -totalMinor };
    await LedgerTransaction.book({ kind: 'credit_note', sourceId: issued.id, customerId, currency, at }, booking, trx);
    const event = { event: 'invoice.credited', values: { number, total: issued.total }, actor: 'process' } as const;
    await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...event }, trx);
    return issued;
  }

  get total(): Money {
    return { amountMinor: this.totalMinor, currency: this.currency };
  }
}
