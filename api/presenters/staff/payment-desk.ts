import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { CreditRefusal } from '../../../models/billing/credit-payment.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { TransferRefusal } from '../../../models/billing/transfer.js';
import type { StaffRole } from '../../../rules/accounts/staff-rights.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { deskRefusal, transferRefusal } from '../../../rules/billing/collecting.js';
import { LATEST_DAYS, SOONEST_MINUTES } from '../../../rules/billing/schedule-change.js';
import { dayAt } from '../../../rules/calendar.js';
import type { Money } from '../../../rules/money.js';
import type { GrantField } from '../../forms/staff/grant.js';
import type { ScheduleField } from '../../forms/staff/schedule.js';
import type { WriteOffField } from '../../forms/staff/write-off.js';
import { untilOf } from '../billing/cards.js';
import { declineWords } from '../billing/decline-words.js';
import { day, moment, type Reader } from '../moments.js';
import { presentStory } from '../timeline.js';
import { presentAttempts } from './attempts.js';
import { customerFacts } from './customer-facts.js';
import { presentDeskCredit } from './desk-credit.js';
import { presentGrant } from './desk-grant.js';
import { deskNext } from './desk-next.js';
import { presentPlan, type Rejected } from './desk-plan.js';
import { presentTransfer, type RejectedTransfer } from './desk-transfer.js';
import { presentWriteOff } from './desk-write-off.js';
import { invoicePill } from './invoices.js';

/** How what staff just asked for went, where it did not simply work. */
export interface DeskOutcome {
  readonly refusal?: TransferRefusal | CreditRefusal | undefined;
  readonly transfer?: RejectedTransfer;
  readonly plan?: Rejected<ScheduleField>;
  readonly grant?: Rejected<GrantField>;
  readonly writeOff?: Rejected<WriteOffField>;
  readonly declined?: boolean;
  /** Nothing was left for the card that was to be tried. */
  readonly fromCredit?: boolean;
}

interface DeskInput extends DeskOutcome {
  readonly now: Date;
  readonly mayChange: boolean;
  readonly role: StaffRole;
  /** What a transfer would settle. */
  readonly receivable: Money;
  /** What they wrote off within 24 hours. */
  readonly givenUp: readonly Money[];
}

/** An invoice as billing operations have it before them: what was tried, what happens by itself, what they may do. */
export function presentDesk(reader: Reader, told: InvoiceStory, input: DeskInput) {
  const { language } = reader;
  const { invoice, due, attempts, story } = told;
  const { now, mayChange, receivable } = input;
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
    notice: noticeOf(reader, told, input),
    barred: mayChange && barred ? says(`barred.${barred}`) : undefined,
    retry: mayChange && !barred ? retryOf(reader, told, `${address}/attempts`) : undefined,
    credit: mayChange && !barred ? presentDeskCredit(reader, told, `${address}/credit`) : undefined,
    ...(mayChange && !barred && goingOn(reader, told, address, input)),
    transfer:
      mayChange && !transferRefusal({ status: invoice.status, attempt, asCredit: receivable.amountMinor === 0 })
        ? presentTransfer(reader, { due: receivable, today, action: `${address}/transfers`, ...rejectedOf(input) })
        : undefined,
    attempts: presentAttempts(reader, attempts),
    customer: customerFacts(reader, invoice.customer),
    next: deskNext(reader, told),
    story: presentStory(reader, story),
  };
}

/** How collecting may go on: at another time, with another card, or not at all. */
function goingOn(reader: Reader, told: InvoiceStory, address: string, input: DeskInput) {
  const { now, role, givenUp, plan, grant, writeOff } = input;
  const { customer } = told.invoice;
  const says = (key: string, values: Readonly<Record<string, unknown>>) =>
    phrase(reader.language, `payments:desk.cardRequest.${key}`, values);
  const askedAt = told.plan?.cardAskedAt;
  return {
    plan: presentPlan(reader, told, { action: `${address}/schedule`, now, rejected: plan }),
    grant: presentGrant(reader, told, { action: `${address}/grants`, rejected: grant }),
    cardRequest: {
      action: `${address}/card-requests`,
      effect: says('effect', { name: customer.name }),
      asked: askedAt ? says('asked', { at: moment(reader, askedAt).text }) : undefined,
    },
    writeOff: presentWriteOff(reader, {
      lost: told.due,
      role,
      givenUp,
      action: `${address}/write-off`,
      rejected: writeOff,
    }),
  };
}

function rejectedOf({ transfer }: DeskOutcome) {
  return transfer ? { rejected: transfer } : {};
}

/** The usual card first, and its consequence before the button; without a card there is nothing to try. */
function retryOf({ language }: Reader, { due, cardPart, cards }: InvoiceStory, action: string) {
  const says = (key: string, values = {}) => phrase(language, `payments:desk.retry.${key}`, values);
  if (cards.length === 0) return { none: says('none') };
  return {
    action,
    effect: says('effect', { amount: formatMoney(language, cardPart) }),
    credit: creditFirst(),
    cards: cards.map((card) => ({
      value: card.id,
      label: cardName(card),
      detail: says(card.isDefault ? 'usual' : 'other', { until: untilOf(card) }),
      chosen: card.isDefault,
    })),
  };

  /** Before any card. */
  function creditFirst(): string | undefined {
    const amount = formatMoney(language, { ...due, amountMinor: due.amountMinor - cardPart.amountMinor });
    if (cardPart.amountMinor === due.amountMinor) return undefined;
    return says(cardPart.amountMinor === 0 ? 'creditCovers' : 'creditFirst', { amount });
  }
}

const bounds = { minutes: SOONEST_MINUTES, days: LATEST_DAYS };

function noticeOf({ language }: Reader, { attempts }: InvoiceStory, { refusal, declined, fromCredit }: DeskOutcome) {
  const says = (key: string, values = {}) => phrase(language, `payments:${key}`, values);
  if (fromCredit)
    return { tone: 'ok', icon: 'coins', heading: says('desk.fromCredit.heading'), text: says('desk.fromCredit.text') };
  const bad = { tone: 'bad', icon: 'credit-card-off' };
  if (refusal) return { ...bad, heading: says('desk.refused'), text: says(`desk.barred.${refusal}`, bounds) };
  const [last] = attempts;
  if (!declined || !last) return undefined;
  const why = says(`because.${declineWords(last.declineCode, last.declineKind)}`);
  const count = attempts.filter(({ status }) => status === 'declined').length;
  return { ...bad, heading: says('desk.declined', { card: cardName(last.paymentMethod), count }), text: why };
}
