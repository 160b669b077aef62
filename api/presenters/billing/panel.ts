import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { PaymentMethod } from '../../../models/billing/payment-method.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { moment, type Reader } from '../moments.js';
import { untilOf } from './cards.js';
import { declineWords } from './decline-words.js';
import type { InvoicePageInput } from './invoice-page-input.js';

/** The part of an invoice's page where it is paid: a choice, a bank's question, a wait, or how it ended. */
export function presentPanel(reader: Reader, told: InvoiceStory, { card, bankQuestion, problem }: InvoicePageInput) {
  const { language } = reader;
  const { invoice, due, credit, cardPart, attempts, cards, order } = told;
  const says = (key: string, values = {}) => phrase(language, `billing:panel.${key}`, values);
  const [last] = attempts;
  const address = `/invoices/${invoice.number}`;
  const amount = formatMoney(language, due);

  if (invoice.status !== 'open')
    return {
      over: says(`over.${invoice.status}`, { at: invoice.paidAt ? moment(reader, invoice.paidAt).text : '' }),
      follow: order && { label: says('toOrder'), address: `/orders/${order.number}` },
    };
  if (bankQuestion)
    return {
      needsScript: true,
      question: {
        clientSecret: bankQuestion,
        action: `${address}/payment/resumption`,
        amount,
        card: last && cardName(last.paymentMethod),
        other: `${address}?card=new`,
      },
    };
  if (last?.settledAt === null && !card)
    return {
      needsScript: true,
      running: {
        heading: says(`running.${told.isHeld ? 'held' : last.status}`),
        amount,
        card: cardName(last.paymentMethod),
      },
    };
  const fromCard = formatMoney(language, cardPart);
  const part = due.amountMinor < invoice.totalMinor || credit.amountMinor > 0;
  return {
    needsScript: card !== undefined,
    notice: noticeOf(told, language, problem),
    pay: {
      amount: fromCard,
      shown: { cardMinor: cardPart.amountMinor, creditMinor: usedOf(told).amountMinor },
      action: `${address}/payment`,
      label: says('pay', { amount: fromCard }),
      sums: part ? [{ label: says('left'), amount }, ...creditSum(language, told)] : undefined,
      credit: creditOf(language, told),
      cards: card ? undefined : cards.map((each) => choiceOf(language, each)),
      other: card ? undefined : `${address}?card=new`,
      saved: card && cards.length > 0 ? address : undefined,
    },
  };
}

function usedOf({ due, cardPart }: InvoiceStory) {
  return { ...due, amountMinor: due.amountMinor - cardPart.amountMinor };
}

function creditSum(language: Language, told: InvoiceStory) {
  const used = usedOf(told);
  if (used.amountMinor === 0) return [];
  return [{ label: phrase(language, 'billing:panel.creditGoes'), amount: `−${formatMoney(language, used)}` }];
}

/** What paying with credit alone comes to; nothing where there is none. */
function creditOf(language: Language, told: InvoiceStory) {
  const { invoice, credit, cardPart } = told;
  const used = usedOf(told);
  if (used.amountMinor === 0) return undefined;
  const says = (key: string, values: Readonly<Record<string, string>>) =>
    phrase(language, `billing:panel.${key}`, values);
  const [amount, has] = [formatMoney(language, used), formatMoney(language, credit)];
  const rest = formatMoney(language, { ...credit, amountMinor: credit.amountMinor - used.amountMinor });
  const covers = cardPart.amountMinor === 0;
  return {
    action: `/invoices/${invoice.number}/credit`,
    covers,
    amount,
    text: covers ? says('creditAll', { credit: has, rest }) : says('creditFirst', { credit: has }),
    label: says(covers ? 'creditPay' : 'creditOnly', { amount }),
  };
}

function choiceOf(language: Language, card: PaymentMethod) {
  const detail = phrase(language, card.isDefault ? 'billing:cards.untilDefault' : 'billing:cards.until', {
    until: untilOf(card),
  });
  return { value: card.id, label: cardName(card), detail, chosen: card.isDefault };
}

/** Why nothing was tried, or how the last try ended. */
function noticeOf({ attempts, due }: InvoiceStory, language: Language, problem: string | undefined) {
  const [last] = attempts;
  const words = problem ? `problem.${problem}` : last?.status === 'declined' && `declined.${wordsOf(last)}`;
  if (!words) return undefined;
  const values = { amount: formatMoney(language, due), card: last ? cardName(last.paymentMethod) : '' };
  const authentication = words.startsWith('declined.authentication');
  return {
    tone: authentication ? 'warn' : 'bad',
    icon: authentication ? 'shield-lock' : 'credit-card-off',
    heading: phrase(language, `billing:${words}.heading`, values),
    text: phrase(language, `billing:${words}.text`, values),
  };
}

function wordsOf({ declineCode, declineKind }: InvoiceStory['attempts'][number]): string {
  return declineWords(declineCode, declineKind);
}
