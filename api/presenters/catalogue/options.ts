import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import {
  availabilityIn,
  type Configuration,
  choicesOf,
  periodsOf,
  priceOf,
} from '../../../models/catalogue/configuration.js';
import type { OptionChoice } from '../../../models/catalogue/option-choice.js';
import type { ProductOption } from '../../../models/catalogue/product-option.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { savedPercent } from '../../../rules/catalogue/pricing.js';
import { optionField } from '../../forms/orders/order.js';
import { percent } from './words.js';

/** The option whose choices are systems: a list to pick from, and no part of the machine. */
export const SYSTEM = 'system';

/** Each option with its choices and what they cost; those that cannot be had say so. */
export function presentOptions(language: Language, configuration: Configuration, wrong: ReadonlyMap<string, string>) {
  const { offer, months, chosen } = configuration;
  return offer.product.options.map((option) => {
    const name = optionField(option.key);
    const picked = chosen.find((each) => each.option.id === option.id)?.choice;
    const choices = choicesOf(offer, option, months).map((choice) => ({
      id: `${name}-${choice.key}`,
      value: choice.key,
      label: choice.name[language],
      chosen: choice.id === picked?.id,
      needsReason: (choice.ipv4PrefixLength ?? 32) < 32,
      ...consequence(language, configuration, option, choice),
    }));
    const asksReason = choices.some(({ needsReason }) => needsReason);
    return {
      key: option.key,
      name,
      legend: option.name[language],
      error: wrong.get(name),
      choices,
      asksReason,
      isSystem: option.key === SYSTEM,
    };
  });
}

/** What a choice costs, or why it cannot be had. */
function consequence(language: Language, configuration: Configuration, option: ProductOption, choice: OptionChoice) {
  const says = (key: string, values = {}) => phrase(language, `catalogue:choice.${key}`, values);
  const available = availabilityIn(configuration, option, choice.id);
  if (available === 'sold_out') return { detail: says('soldOut'), disabled: true };
  const beside = available === 'elsewhere' ? [says('elsewhere')] : [];

  const { offer, months } = configuration;
  const price = priceOf(offer, choice, months);
  const money = (amountMinor: number) => formatMoney(language, { amountMinor, currency: offer.currency });
  const per = phrase(language, `catalogue:period.${months}.per`);
  const costs = price?.recurringMinor ? says('plus', { amount: money(price.recurringMinor), per }) : says('included');
  const setup = price?.setupMinor ? [says('setup', { amount: money(price.setupMinor) })] : [];
  const remark = choice.remark ? [choice.remark[language]] : [];
  return { detail: [costs, ...setup, ...remark, ...beside].join(', ') };
}

/** The periods one may pay for, and what a longer one saves. */
export function presentPeriods(language: Language, { offer, months }: Configuration) {
  const says = (key: string, values = {}) => phrase(language, `catalogue:${key}`, values);
  const monthly = priceOf(offer, offer.product, 1);
  return periodsOf(offer).map((each) => {
    const price = priceOf(offer, offer.product, each);
    const saved = monthly && price && each > 1 ? savedPercent(monthly, price, each) : 0;
    const remarks = [
      ...(saved > 0 ? [says('saved', { percent: percent(language, saved) })] : []),
      ...(price?.setupMinor === 0 && monthly && monthly.setupMinor > 0 ? [says('noSetup')] : []),
    ];
    const plain = price && formatMoney(language, { amountMinor: price.recurringMinor, currency: offer.currency });
    return {
      id: `period-${each}`,
      value: each,
      label: says(`period.${each}.name`),
      detail: remarks.join(', ') || plain,
      chosen: each === months,
    };
  });
}
