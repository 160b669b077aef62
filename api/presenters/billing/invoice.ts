import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import { dayAt } from '../../../rules/calendar.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { presentStory } from '../timeline.js';
import type { InvoicePageInput } from './invoice-page-input.js';
import { presentLines, sumsOf } from './lines.js';
import { nextOf } from './next.js';
import { presentPanel } from './panel.js';
import { settledSums } from './settled.js';

/** An invoice's page: what is charged, what happened, what happens next, and the way to pay. */
export function presentInvoice(reader: Reader, told: InvoiceStory, input: InvoicePageInput) {
  const { language } = reader;
  const { invoice, order, creditNotes, story } = told;
  const { number, issuedOn, dueOn } = invoice;
  const says = (key: string, values = {}) => phrase(language, `billing:page.${key}`, values);
  const charged = presentLines(language, invoice);
  const panel = presentPanel(reader, told, input);
  return {
    title: says('title', { number }),
    crumbs: [{ label: says('crumb'), address: '/invoices' }],
    pill: pill(language, 'invoice', stateOf(told, input.now, reader)),
    sub: says('dates', { issued: day(reader, issuedOn).exact, due: day(reader, dueOn).exact }),
    address: `/invoices/${number}`,
    print: `/invoices/${number}/print`,
    order: order && { number: order.number, address: `/orders/${order.number}` },
    creditNotes: creditNotes.map((note) => ({
      number: note.number,
      address: `/credit-notes/${note.number}/print`,
      amount: formatMoney(language, note.total),
    })),
    lines: charged.lines,
    sums: [...sumsOf(language, charged), ...settledSums(language, told)],
    next: nextOf(reader, told, input.now),
    entries: presentStory(reader, story),
    unfinished: panel.running !== undefined,
    card: input.card,
    scripts: panel.needsScript ? ['card-entry.js'] : [],
    ...panel,
  };
}

function stateOf({ invoice, attempts }: InvoiceStory, now: Date, { timeZone }: Reader) {
  if (invoice.status !== 'open') return invoice.status;
  if (attempts[0] && attempts[0].settledAt === null) return 'paying';
  return invoice.dueOn < dayAt(now, timeZone) ? 'overdue' : 'open';
}
