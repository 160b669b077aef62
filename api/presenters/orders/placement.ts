import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Configuration } from '../../../models/catalogue/configuration.js';
import type { Language } from '../../../rules/accounts/languages.js';
import type { Money } from '../../../rules/money.js';

/** What the invoice says of an order, in the document's language. */
export function documentTexts(language: Language, { offer, months, chosen }: Configuration) {
  const { name } = offer.product;
  const span = phrase(language, `catalogue:period.${months}.span`);
  return {
    recurring: phrase(language, 'orders:document.recurring', { name, span }),
    setup: phrase(language, 'orders:document.setup', { name }),
    detail: chosen.map(({ choice }) => choice.name[language]).join(' · '),
  };
}

export function sumChangedNotice(language: Language, total: Money) {
  const amount = formatMoney(language, total);
  return {
    title: phrase(language, 'orders:form.sumChanged.title', { amount }),
    text: phrase(language, 'orders:form.sumChanged.text'),
  };
}

export function soldOutNotice(language: Language) {
  return {
    title: phrase(language, 'orders:form.soldOut.title'),
    text: phrase(language, 'orders:form.soldOut.text'),
  };
}

export function tooManyUnpaidNotice(language: Language, count: number) {
  return {
    title: phrase(language, 'orders:form.tooManyUnpaid.title', { count }),
    text: phrase(language, 'orders:form.tooManyUnpaid.text'),
  };
}
