import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { TransferRefusal } from '../../../models/billing/transfer.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { deskRefusal } from '../../../rules/billing/collecting.js';
import { dayAt } from '../../../rules/calendar.js';
import { untilOf } from '../billing/cards.js';
import { declineWords } from '../billing/decline-words.js';
import { nextOf } from '../billing/next.js';
import { day, type Reader } from '../moments.js';
import { presentStory } from '../timeline.js';
import { presentAttempts } from './attempts.js';
import { customerFacts } from './customer-facts.js';
import { presentTransfer, type RejectedTransfer } from './desk-transfer.js';
import { invoicePill } from './invoices.js';

/** How what staff just asked for went, where it did not simply work. */
export interface DeskOutcome {
  readonly refusal?: TransferRefusal | 'noCard' | undefined;
  readonly transfer?: RejectedTransfer;
  readonly declined?: boolean;
}

interface DeskInput extends DeskOutcome {
  readonly now: Date;
  readonly mayChange: boolean;
}

/** An invoice as billing operations have it before them: what was tried, what happens by itself, what they may do. */
export function presentDesk(reader: Reader, told: InvoiceStory, { now, mayChange, ...outcome }: DeskInput) {
  const { language } = reader;
  const { invoice, due, attempts, story } = told;
  const says = (key: string, values = {}) => phrase(language, `payments:desk.${key}`, values);
  const amount = formatMoney(language, due);
  const today = dayAt(now, reader.timeZone);
  const address = `/staff/payments/${invoice.number}`;
  const attempt = attempts.find(({ settledAt }) => settledAt === null)?.status;
  const barred = deskRefusal({ status: invoice.status, attempt });
  return {
    title: invoice.number,
    crumbs: [{ label: phrase(language, 'payments:list.title'), address: '/staff/payments' }],
    pill: invoicePill(reader, invoice, today),
    sub: says(invoice.status === 'open' ? 'owed' : 'settled', { amount, due: day(reader, invoice.dueOn).exact }),
    invoice: `/staff/invoices/${invoice.number}`,
    notice: noticeOf(reader, told, outcome),
    barred: mayChange && barred ? says(`barred.${barred}`) : undefined,
    retry: mayChange && !barred ? retryOf(reader, told, `${address}/attempts`) : undefined,
    transfer:
      mayChange && !barred
        ? presentTransfer(reader, { due, today, action: `${address}/transfers`, ...rejectedOf(outcome) })
        : undefined,
    attempts: presentAttempts(reader, attempts),
    customer: customerFacts(reader, invoice.customer),
    next: nextOf(reader, told, now),
    story: presentStory(reader, story),
  };
}

function rejectedOf({ transfer }: DeskOutcome) {
  return transfer ? { rejected: transfer } : {};
}

/** The usual card first, and its consequence before the button; without a card there is nothing to try. */
function retryOf({ language }: Reader, { due, cards }: InvoiceStory, action: string) {
  const says = (key: string, values = {}) => phrase(language, `payments:desk.retry.${key}`, values);
  if (cards.length === 0) return { none: says('none') };
  return {
    action,
    effect: says('effect', { amount: formatMoney(language, due) }),
    cards: cards.map((card) => ({
      value: card.id,
      label: cardName(card),
      detail: says(card.isDefault ? 'usual' : 'other', { until: untilOf(card) }),
      chosen: card.isDefault,
    })),
  };
}

function noticeOf({ language }: Reader, { attempts }: InvoiceStory, { refusal, declined }: DeskOutcome) {
  const says = (key: string, values = {}) => phrase(language, `payments:${key}`, values);
  if (refusal) return { heading: says('desk.refused'), text: says(`desk.barred.${refusal}`) };
  const [last] = attempts;
  if (!declined || !last) return undefined;
  const why = says(`because.${declineWords(last.declineCode, last.declineKind)}`);
  return { heading: says('desk.declined', { card: cardName(last.paymentMethod) }), text: why };
}
