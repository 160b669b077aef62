import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { type Configuration, machinesFor, quoteOf } from '../../../models/catalogue/configuration.js';
import type { Language } from '../../../rules/accounts/languages.js';
import type { Vat } from '../../../rules/billing/vat.js';
import type { Money } from '../../../rules/money.js';
import { percent } from './words.js';

/** The sum beside the form: what each part costs, and what is paid today and later. Guests' VAT is not known yet. */
export function presentSum(language: Language, configuration: Configuration, vat: Vat | undefined) {
  const { offer, months, chosen } = configuration;
  const says = (key: string, values = {}) => phrase(language, `catalogue:${key}`, values);
  const money = (amount: Money) => formatMoney(language, amount);
  const { lines, recurring, setup, today, later } = quoteOf(configuration, vat ?? { rateBp: 0 });
  const names = [offer.product.name, ...chosen.map(({ choice }) => choice.name[language])];
  const every = says(`period.${months}.every`);
  const parts = names.map((label, index) => {
    const line = lines[index];
    return { label, amount: line?.amountMinor ? money(line) : says('sum.included') };
  });
  const rows = [
    ...parts,
    { label: says('sum.span', { span: says(`period.${months}.span`) }), amount: money(recurring), rule: true },
    { label: says('sum.setup'), amount: money(setup) },
    { label: says('sum.net'), amount: money(today.net), rule: true },
    ...(vat ? [{ label: vatWords(language, vat), amount: money(today.vat) }] : []),
  ];
  return {
    slug: offer.product.slug,
    rows,
    total: money(today.total),
    /** The form sends it back, so that a price that changed meanwhile is noticed. */
    quotedTotal: today.total.amountMinor,
    later: says(vat ? 'sum.later' : 'sum.laterNet', { amount: money(later), every }),
    withoutVat: vat ? undefined : says('sum.withoutVat'),
    impossible: machinesFor(configuration) === 0,
  };
}

/** Says what is charged and why: `VAT 20 %, France`. */
export function vatWords(language: Language, { treatment, rateBp, country }: Vat): string {
  const place = new Intl.DisplayNames(language, { type: 'region' }).of(country);
  const values = { rate: percent(language, rateBp / 100, 2), country: place };
  return phrase(language, `catalogue:sum.vat.${treatment}`, values);
}
