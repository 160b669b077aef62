import { Invoice } from '../../models/billing/invoice.js';
import { issueInvoice } from '../../models/billing/invoice-issue.js';
import { Payment } from '../../models/billing/payment.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import type { Service } from '../../models/services/service.js';
import { Subscription } from '../../models/services/subscription.js';
import { addDays, addMonths, type CalendarDay, dayAt, startOfDay } from '../../rules/calendar.js';
import { invoicePayment } from '../../workflows/messages/invoice-payment.js';
import type { Deed } from './deeds.js';
import type { People } from './people.js';

interface Renewing {
  readonly brand: People['brand'];
  readonly texts: { readonly recurring: string; readonly detail: string };
  readonly recurringMinor: number;
  /** The last so many stand unpaid. */
  readonly unpaid: number;
  readonly now: Date;
}

/** One invoice a month since the handover, a week ahead of its period, paid a day later; the last ones perhaps not. */
export function renewals(service: Service, renewing: Renewing): Deed[] {
  const { timeZone } = service.customer;
  const { anchoredOn } = service.running;
  const begins = (month: number) => addMonths(anchoredOn, month);
  const issuedAt = (month: number) =>
    new Date(startOfDay(addDays(begins(month), -7), timeZone).getTime() + 6 * 3_600_000);
  let months = 0;
  while (addDays(begins(months + 1), -7) <= dayAt(renewing.now, timeZone)) months++;
  return Array.from({ length: months }, (_, index) => index + 1).map((month) => ({
    at: issuedAt(month),
    async act() {
      const invoice = await issueRenewal(service, renewing, [begins(month), begins(month + 1)], issuedAt(month));
      if (month > months - renewing.unpaid) await leaveOpen(invoice);
      else await payRenewal(service, invoice, begins(month + 1));
      return [];
    },
  }));
}

export async function payByTransfer(invoice: Invoice, at: Date): Promise<void> {
  const receipt = { invoiceId: invoice.id, method: 'transfer', amount: invoice.total, at } as const;
  await Invoice.transaction((trx) => Payment.receive({ ...receipt, reference: `SEPA ${invoice.number}` }, trx));
}

function issueRenewal(
  { id: serviceId, customer }: Service,
  { brand, texts, recurringMinor }: Renewing,
  [periodStartsOn, periodEndsOn]: readonly [CalendarDay, CalendarDay],
  at: Date,
): Promise<Invoice> {
  const net = { amountMinor: recurringMinor, currency: customer.currency };
  const of = { kind: 'recurring', orderLineId: null, serviceId, periodStartsOn, periodEndsOn } as const;
  const lines = [{ ...of, description: texts.recurring, detail: texts.detail, net }];
  const renewal = { customer, seller: brand.legalEntity, orderId: null, lines, dueOn: periodStartsOn, at };
  return Invoice.transaction((trx) => issueInvoice(renewal, trx));
}

async function payRenewal(service: Service, invoice: Invoice, paidUntilOn: CalendarDay): Promise<void> {
  await payByTransfer(invoice, new Date(invoice.issuedAt.getTime() + 86_400_000));
  await Subscription.query().where({ serviceId: service.id }).patch({ paidUntilOn });
}

/** Its collecting is promised, and started with the shop. */
async function leaveOpen({ id: invoiceId, issuedAt }: Invoice): Promise<void> {
  await Invoice.transaction((trx) => ProcessStart.accept(invoicePayment, { invoiceId }, issuedAt, trx));
}
