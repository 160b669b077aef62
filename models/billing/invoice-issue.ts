import type { Transaction } from 'objection';
import { documentTotals } from '../../rules/billing/document-totals.js';
import { vatFor } from '../../rules/billing/vat.js';
import { type CalendarDay, dayAt } from '../../rules/calendar.js';
import type { Money } from '../../rules/money.js';
import type { Customer } from '../accounts/customer.js';
import type { LegalEntity } from '../accounts/legal-entity.js';
import { TimelineEntry } from '../timeline-entry.js';
import { DocumentSeries } from './document-series.js';
import { Invoice, type Party } from './invoice.js';
import { InvoiceLine } from './invoice-line.js';
import { LedgerTransaction } from './ledger-transaction.js';

export interface NewInvoiceLine
  extends Pick<InvoiceLine, 'kind' | 'orderLineId' | 'serviceId' | 'description' | 'detail'> {
  readonly net: Money;
  readonly periodStartsOn?: CalendarDay;
  readonly periodEndsOn?: CalendarDay;
}

export interface NewInvoice {
  readonly customer: Customer;
  readonly seller: LegalEntity;
  readonly orderId: string | null;
  readonly lines: readonly NewInvoiceLine[];
  readonly dueOn: CalendarDay;
  readonly at: Date;
}

/** Issues an invoice: its gapless number, frozen parties, lines, booking and sentence, in the caller's transaction. */
export async function issueInvoice(order: NewInvoice, trx: Transaction): Promise<Invoice> {
  const { customer, seller, at, dueOn, orderId } = order;
  const issuedOn = dayAt(at, seller.timeZone);
  const vat = vatFor(seller, customer.asBuyer, issuedOn);
  const { currency } = customer;
  const totals = documentTotals(
    order.lines.map(({ net }) => ({ net, vatRateBp: vat.rateBp })),
    currency,
  );
  const invoice = await Invoice.query(trx).insertAndFetch({
    legalEntityId: seller.id,
    customerId: customer.id,
    orderId,
    number: await DocumentSeries.next(seller, 'invoice', Number(issuedOn.slice(0, 4)), trx),
    status: 'open',
    currency,
    netMinor: totals.net.amountMinor,
    vatMinor: totals.vat.amountMinor,
    totalMinor: totals.total.amountMinor,
    seller: partyOf(seller),
    buyer: partyOf(customer),
    vatTreatment: vat.treatment,
    language: customer.language,
    issuedOn,
    dueOn,
    issuedAt: at,
  });
  await InvoiceLine.query(trx).insert(
    order.lines.map(({ net, ...line }, index) => ({
      ...line,
      invoiceId: invoice.id,
      position: index + 1,
      netMinor: net.amountMinor,
      vatRateBp: vat.rateBp,
      vatMinor: totals.lineVats[index]?.amountMinor ?? 0,
    })),
  );
  await bookAndTell(invoice, at, trx);
  return invoice;
}

async function bookAndTell(invoice: Invoice, at: Date, trx: Transaction): Promise<void> {
  const { id, customerId, currency, netMinor, vatMinor, totalMinor, number, total } = invoice;
  const booking = { receivables: totalMinor, revenue: -netMinor, vat: -vatMinor };
  await LedgerTransaction.book({ kind: 'invoice', sourceId: id, customerId, currency, at }, booking, trx);
  const event = { event: 'invoice.issued', values: { number, total }, actor: 'process' } as const;
  await TimelineEntry.tell({ subjectType: 'invoice', subjectId: id, happenedAt: at, ...event }, trx);
}

function partyOf({ name, street, postalCode, city, country, vatNumber }: Customer | LegalEntity): Party {
  return { name, street, postalCode, city, country, vatNumber };
}
