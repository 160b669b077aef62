import { phrase } from '../../../locales/phrases.js';
import type { PaymentMethod } from '../../../models/billing/payment-method.js';
import { cardName } from '../../../rules/billing/card-name.js';
import type { Reader } from '../moments.js';
import type { CardEntry } from './card-entry.js';

/** Cards that end within this are pointed out. */
const SOON_MONTHS = 2;

export function presentCards({ language }: Reader, cards: readonly PaymentMethod[], now: Date) {
  const says = (key: string, values = {}) => phrase(language, `billing:cards.${key}`, values);
  return {
    title: says('title'),
    isEmpty: cards.length === 0,
    cards: cards.map((card) => ({
      name: cardName(card),
      until: says('until', { until: untilOf(card) }),
      warning: warningOf(card, now) && says(`warning.${warningOf(card, now)}`),
      isDefault: card.isDefault,
      makeDefault: `/cards/${card.id}/default`,
      removal: `/cards/${card.id}/removal`,
    })),
  };
}

export function presentCardEntry({ language }: Reader, card: CardEntry | undefined, problem?: string) {
  return {
    title: phrase(language, 'billing:cards.add'),
    crumbs: [{ label: phrase(language, 'billing:cards.title'), address: '/cards' }],
    card,
    scripts: card ? ['card-entry.js'] : [],
    action: '/cards',
    label: phrase(language, 'billing:cards.save'),
    notice: problem && {
      tone: 'bad',
      icon: 'credit-card-off',
      heading: phrase(language, `billing:problem.${problem}.heading`),
      text: phrase(language, `billing:problem.${problem}.text`),
    },
  };
}

export function presentRemoval({ language }: Reader, card: PaymentMethod, problem?: 'paying') {
  const says = (key: string, values = {}) => phrase(language, `billing:cards.${key}`, values);
  return {
    title: says('removeTitle', { card: cardName(card) }),
    crumbs: [{ label: says('title'), address: '/cards' }],
    sentence: says(card.isDefault ? 'removeDefault' : 'removeOther'),
    problem: problem && says('paying'),
    yes: says('removeYes', { card: cardName(card) }),
    address: `/cards/${card.id}`,
  };
}

export function untilOf({ expMonth, expYear }: Pick<PaymentMethod, 'expMonth' | 'expYear'>): string {
  return `${String(expMonth).padStart(2, '0')}/${String(expYear).slice(-2)}`;
}

/** A card is good to the end of its month. */
function warningOf({ expMonth, expYear }: PaymentMethod, now: Date): 'over' | 'soon' | undefined {
  const left = expYear * 12 + expMonth - (now.getUTCFullYear() * 12 + now.getUTCMonth() + 1);
  if (left < 0) return 'over';
  return left < SOON_MONTHS ? 'soon' : undefined;
}
