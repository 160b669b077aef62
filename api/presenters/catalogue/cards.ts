import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { periodsOf, priceOf } from '../../../models/catalogue/configuration.js';
import type { Offer } from '../../../models/catalogue/offer.js';
import type { ProductCategory } from '../../../models/catalogue/product-category.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { savedPercent } from '../../../rules/catalogue/pricing.js';
import { percent, stockPill } from './words.js';

/** What the catalogue's address asks for. */
export interface CatalogueWish {
  readonly query: string;
  /** The slug of a category; anything else counts as not said. */
  readonly category: string;
  readonly months: number;
}

const address = '/catalogue';

/** The catalogue as it is asked for: everything in it is sold for the period that is shown. */
export function presentCatalogue(language: Language, offers: readonly Offer[], asked: CatalogueWish) {
  const says = (key: string, values = {}) => phrase(language, `catalogue:${key}`, values);
  const periods = [...new Set(offers.flatMap(periodsOf))].sort((one, other) => one - other);
  const months = periods.find((each) => each === asked.months) ?? periods[0] ?? 1;
  const categories = categoriesOf(offers);
  const category = categories.find(({ slug }) => slug === asked.category);
  const wish = { query: asked.query, category: category?.slug ?? '', months };
  const sold = offers.filter((offer) => periodsOf(offer).includes(months));
  const shown = sold
    .filter(({ product }) => !category || product.categoryId === category.id)
    .filter((offer) => matches(offer, wish.query, language));
  const to = (changes: Partial<CatalogueWish>) => addressOf({ ...wish, ...changes }, periods);
  const only = categories.length === 1 ? categories[0] : undefined;
  return {
    title: (category ?? only)?.name[language] ?? says('title'),
    query: wish.query,
    kept: [...new URLSearchParams(queryOf({ ...wish, query: '' }, periods))].map(([name, value]) => ({ name, value })),
    categories: categories.length > 1 && [
      { label: says('all'), address: to({ category: '' }), current: !category },
      ...categories.map(({ slug, name }) => ({
        label: name[language],
        address: to({ category: slug }),
        current: slug === category?.slug,
      })),
    ],
    periods: periods.map((each) => ({
      label: [says(`period.${each}.by`), ...saved(language, sold, each, periods[0] ?? each)].join(', '),
      address: to({ months: each }),
      current: each === months,
    })),
    nothing: wish.query && shown.length === 0 && says('nothing.title', { query: wish.query }),
    clear: to({ query: '', category: '' }),
    products: shown.map((offer) => presentCard(language, offer, months, months === periods[0])),
  };
}

function presentCard(language: Language, offer: Offer, months: number, usual: boolean) {
  const { product, stock, currency } = offer;
  const price = priceOf(offer, product, months);
  const money = (amountMinor = 0) => formatMoney(language, { amountMinor, currency });
  const setup = price?.setupMinor
    ? phrase(language, 'catalogue:setup', { amount: money(price.setupMinor) })
    : phrase(language, 'catalogue:noSetup');
  const machines = stock.reduce((sum, build) => sum + build.machines, 0);
  return {
    name: product.name,
    purpose: product.purpose[language],
    facts: product.facts.map(({ label, value }) => ({ label: label[language], amount: value[language] })),
    pill: stockPill(language, machines),
    soldOut: machines === 0,
    price: money(price?.recurringMinor),
    per: phrase(language, `catalogue:period.${months}.per`),
    setup,
    address: `${address}/${product.slug}${usual ? '' : `?period=${months}`}`,
  };
}

/** Only what is true of every product is said of a period. */
function saved(language: Language, offers: readonly Offer[], months: number, shortest: number): string[] {
  const percents = offers.map((offer) => {
    const [short, long] = [priceOf(offer, offer.product, shortest), priceOf(offer, offer.product, months)];
    return short && long && shortest === 1 ? savedPercent(short, long, months) : 0;
  });
  const least = percents.length > 0 ? Math.min(...percents) : 0;
  return least > 0 ? [percent(language, -least)] : [];
}

function categoriesOf(offers: readonly Offer[]): ProductCategory[] {
  const known = new Map(offers.map(({ product }) => [product.category.id, product.category]));
  return [...known.values()].sort((one, other) => one.position - other.position);
}

/** Every word typed stands somewhere in what the page says of the product, its choices included. */
function matches({ product }: Offer, query: string, language: Language): boolean {
  const texts = [
    product.name,
    product.purpose[language],
    product.description[language],
    product.category.name[language],
    ...product.facts.flatMap(({ label, value }) => [label[language], value[language]]),
    ...product.options.flatMap(({ choices }) => choices.map(({ name }) => name[language])),
  ];
  const text = texts.join('\n').toLocaleLowerCase(language);
  return query
    .toLocaleLowerCase(language)
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function addressOf(wish: CatalogueWish, periods: readonly number[]): string {
  const query = queryOf(wish, periods);
  return query ? `${address}?${query}` : address;
}

function queryOf({ query, category, months }: CatalogueWish, periods: readonly number[]): string {
  const said = new URLSearchParams();
  if (query) said.set('q', query);
  if (category) said.set('category', category);
  if (months !== periods[0]) said.set('period', String(months));
  return said.toString();
}
