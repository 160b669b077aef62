import { formatDay } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Configuration } from '../../../models/catalogue/configuration.js';
import type { Language } from '../../../rules/accounts/languages.js';
import type { Vat } from '../../../rules/billing/vat.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import { optionField, type Problem } from '../../forms/orders/order.js';
import { presentOptions, presentPeriods } from './options.js';
import { presentSum } from './sum.js';
import { stockPill } from './words.js';

/** What a customer's form holds beside what is chosen. */
export interface OrderDraft {
  readonly token: string;
  readonly terms: { readonly version: string; readonly fromOn: CalendarDay };
  readonly typed: Readonly<Record<string, string>>;
  readonly problems: readonly Problem[];
  /** Said on top when nothing is wrong with a field: the sum changed, the last machine is gone. */
  readonly notice?: { readonly title: string; readonly text: string };
}

/** A product's page: what it is, what may be chosen, what it costs; for a customer who may order, the form. */
export function presentProduct(
  language: Language,
  configuration: Configuration,
  { vat, draft, mayOrder }: { vat: Vat | undefined; draft: OrderDraft | undefined; mayOrder: boolean },
) {
  const says = (key: string, values = {}) => phrase(language, key, values);
  const { product, stock } = configuration.offer;
  const machines = stock.reduce((sum, build) => sum + build.machines, 0);
  const errors = (draft?.problems ?? []).map(({ field, problem }) => ({
    field: field === 'form' || field === 'token' || field === 'quotedTotal' ? undefined : field,
    text: says(`orders:form.wrong.${problem}`),
  }));
  const wrong = new Map(errors.map(({ field = 'form', text }) => [field, text]));
  const options = presentOptions(language, configuration, wrong);
  const here = `/catalogue/${product.slug}`;
  return {
    title: says('catalogue:product.order', { name: product.name }),
    crumbs: [{ label: says('catalogue:title'), address: '/catalogue' }],
    pill: stockPill(language, machines),
    sub: `${product.description[language]} ${says(`catalogue:product.${machines > 0 ? 'holds' : 'gone'}`)}`,
    facts: product.facts.map(({ label, value }) => ({ label: label[language], value: value[language] })),
    slug: product.slug,
    here,
    soldOut: machines === 0,
    errors,
    notice: draft?.notice,
    configurable: options.filter(({ isSystem }) => !isSystem),
    system: options.find(({ isSystem }) => isSystem),
    periods: {
      name: 'period',
      legend: says('catalogue:payEvery'),
      choices: presentPeriods(language, configuration),
      error: wrong.get('period'),
    },
    sum: presentSum(language, configuration, vat),
    signIn: mayOrder ? undefined : signInAfter(here, configuration),
    form: draft && mayOrder && presentDraft(language, draft, wrong),
  };
}

function presentDraft(language: Language, { token, terms, typed }: OrderDraft, wrong: ReadonlyMap<string, string>) {
  const { justification, hostName, sshKey, contact } = typed;
  const day = formatDay(language, terms.fromOn);
  return {
    token,
    terms: {
      version: terms.version,
      label: phrase(language, 'orders:form.terms', { version: terms.version, day }),
      address: `/terms/${encodeURIComponent(terms.version)}`,
      accepted: typed.terms === terms.version,
    },
    values: { justification, hostName, sshKey, contact },
    wrong: Object.fromEntries(wrong),
  };
}

/** Back to this page with what is chosen. */
function signInAfter(here: string, { months, chosen }: Configuration): string {
  const kept = chosen.map(({ option, choice }): [string, string] => [optionField(option.key), choice.key]);
  const to = `${here}?${new URLSearchParams([...kept, ['period', String(months)]])}`;
  return `/sign-in?${new URLSearchParams({ to })}`;
}
