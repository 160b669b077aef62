import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { StandingRefund } from '../../../models/billing/hand-refund.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import { presentLines, sumsOf } from '../billing/lines.js';
import { settledSums } from '../billing/settled.js';
import { day, moment, type Reader } from '../moments.js';
import { presentStory } from '../timeline.js';
import { presentAttempts } from './attempts.js';
import { customerFacts } from './customer-facts.js';
import { invoicePill } from './invoices.js';
import { presentRefunds, type RefundOutcome } from './refunds.js';
import { type TemporalUi, workflowAddress } from './temporal-ui.js';

interface StaffInvoiceInput extends RefundOutcome {
  readonly ui: TemporalUi | undefined;
  readonly today: CalendarDay;
  /** Where they read. */
  readonly readersToday: CalendarDay;
  readonly refunds: readonly StandingRefund[];
  readonly mayChange: boolean;
}

/** An invoice as staff read it: the document's lines in its own language, and all that was done to be paid. */
export function presentStaffInvoice(reader: Reader, told: InvoiceStory, input: StaffInvoiceInput) {
  const { ui, today, readersToday, refunds, mayChange } = input;
  const { language } = reader;
  const { invoice, order, attempts, story } = told;
  const { number, issuedOn, dueOn } = invoice;
  const says = (key: string, values = {}) => phrase(language, `billing:page.${key}`, values);
  const id = `invoice-payment:${invoice.id}`;
  const lines = presentLines(language, invoice);
  return {
    title: number,
    crumbs: [{ label: phrase(language, 'staff:invoices.title'), address: '/staff/invoices' }],
    pill: invoicePill(reader, invoice, today),
    sub: says('dates', { issued: day(reader, issuedOn).exact, due: day(reader, dueOn).exact }),
    print: `/staff/invoices/${number}/print`,
    desk: (mayChange || invoice.status === 'open') && {
      address: `/staff/payments/${number}`,
      label: phrase(language, `payments:desk.${invoice.status === 'open' ? 'open' : 'openLate'}`),
    },
    order: order && { number: order.number, address: `/staff/orders/${order.number}` },
    lines: lines.lines,
    sums: [...sumsOf(language, lines), ...settledSums(language, told)],
    attempts: presentAttempts(reader, attempts),
    back: refunds.length > 0 && presentRefunds(reader, { ...input, today: readersToday }),
    customer: customerFacts(reader, invoice.customer),
    facts: factsOf(reader, told),
    workflow: { id, address: workflowAddress(ui, id) },
    story: presentStory(reader, story),
  };
}

function factsOf(reader: Reader, { invoice, due, creditNotes }: InvoiceStory) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:invoice.${key}`);
  const { paidAt, voidedAt } = invoice;
  return [
    { label: says('due'), value: formatMoney(language, due) },
    ...(paidAt ? [{ label: says('paid'), value: moment(reader, paidAt).text }] : []),
    ...(voidedAt ? [{ label: says('voided'), value: moment(reader, voidedAt).text }] : []),
    ...creditNotes.map((note) => ({
      label: says('creditNote'),
      value: note.number,
      sub: `−${formatMoney(language, note.total)}`,
    })),
  ];
}
