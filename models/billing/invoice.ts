import { Model, type QueryBuilder, type Transaction } from 'objection';
import type { Language } from '../../rules/accounts/languages.js';
import type { VatTreatment } from '../../rules/billing/vat.js';
import type { CalendarDay } from '../../rules/calendar.js';
import type { Money } from '../../rules/money.js';
import { Customer } from '../accounts/customer.js';
import { TimelineEntry } from '../timeline-entry.js';
import { AccountCredit } from './account-credit.js';
import { InvoiceLine } from './invoice-line.js';
import { LedgerTransaction } from './ledger-transaction.js';
import { settledOf } from './owed.js';

export type InvoiceStatus = 'draft' | 'open' | 'paid' | 'void' | 'uncollectible';

/** Seller or buyer as they were when the document was issued. */
export interface Party {
  readonly name: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly country: string;
  readonly vatNumber: string | null;
}

/** A demand for payment. Once issued its number, lines and parties never change. */
export class Invoice extends Model {
  static override tableName = 'invoices';
  static override jsonAttributes = ['seller', 'buyer'];

  declare id: string;
  declare legalEntityId: string;
  declare customerId: string;
  declare orderId: string | null;
  declare number: string;
  declare status: InvoiceStatus;
  declare currency: string;
  declare netMinor: number;
  declare vatMinor: number;
  declare totalMinor: number;
  declare seller: Party;
  declare buyer: Party;
  declare vatTreatment: VatTreatment;
  declare language: Language;
  declare issuedOn: CalendarDay;
  declare dueOn: CalendarDay;
  declare issuedAt: Date;
  declare paidAt: Date | null;
  declare voidedAt: Date | null;
  declare customer: Customer;
  declare lines: InvoiceLine[];

  static override relationMappings = () => ({
    customer: {
      relation: Model.BelongsToOneRelation,
      modelClass: Customer,
      join: { from: 'invoices.customerId', to: 'customers.id' },
    },
    lines: {
      relation: Model.HasManyRelation,
      modelClass: InvoiceLine,
      join: { from: 'invoices.id', to: 'invoice_lines.invoiceId' },
      modify: (query: { orderBy(column: string): unknown }) => query.orderBy('position'),
    },
  });

  static override modifiers = {
    ownedBy: (query: QueryBuilder<Invoice>, customer: Pick<Customer, 'id'>) =>
      query.where('invoices.customerId', customer.id),
    issued: (query: QueryBuilder<Invoice>) => query.whereNot('invoices.status', 'draft'),
    unpaid: (query: QueryBuilder<Invoice>) => query.where('invoices.status', 'open'),
    overdueOn: (query: QueryBuilder<Invoice>, today: CalendarDay) =>
      query.where('invoices.status', 'open').where('invoices.dueOn', '<', today),
  };

  get total(): Money {
    return { amountMinor: this.totalMinor, currency: this.currency };
  }

  /** What is still owed: total less payments and credit notes, plus what was refunded. Never below zero. */
  async due(trx?: Transaction): Promise<Money> {
    return this.status === 'open' ? this.unsettled(trx) : { amountMinor: 0, currency: this.currency };
  }

  /** What money that comes in settles: what is owed; and of what was written off, what has not come in after all. */
  async receivable(trx?: Transaction): Promise<Money> {
    return this.status === 'uncollectible' ? this.unsettled(trx) : this.due(trx);
  }

  private async unsettled(trx?: Transaction): Promise<Money> {
    const { rows } = await (trx ?? Invoice.knex()).raw(`SELECT ${settledOf(':id')} AS settled`, { id: this.id });
    return { amountMinor: Math.max(0, this.totalMinor - Number(rows[0].settled)), currency: this.currency };
  }

  /** Takes an open invoice back; its number stays taken, and what was paid in part stands to the customer's credit. Says whether it did. */
  async voidIfOpen(at: Date, trx: Transaction): Promise<boolean> {
    const voided = await this.$query(trx).patch({ status: 'void', voidedAt: at }).where({ status: 'open' });
    if (!voided) return false;
    const { id, customerId, currency, netMinor, vatMinor, totalMinor } = this;
    const booking = { receivables: -totalMinor, revenue: netMinor, vat: vatMinor };
    await LedgerTransaction.book({ kind: 'void', sourceId: id, customerId, currency, at }, booking, trx);
    await AccountCredit.keepOfVoided(id, at, trx);
    const event = { event: 'invoice.voided', values: { number: this.number }, actor: 'process' } as const;
    await TimelineEntry.tell({ subjectType: 'invoice', subjectId: id, happenedAt: at, ...event }, trx);
    return true;
  }
}
