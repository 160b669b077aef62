import type { Vat } from '../../rules/billing/vat.js';
import { type Quote, quote } from '../../rules/catalogue/pricing.js';
import { type Availability, availabilityOf, machinesWith } from '../../rules/catalogue/stock.js';
import type { Offer } from './offer.js';
import type { OptionChoice } from './option-choice.js';
import type { Price } from './price.js';
import type { ProductOption } from './product-option.js';

export interface Chosen {
  readonly option: ProductOption;
  readonly choice: OptionChoice;
  readonly price: Price;
}

/** A product with one answer to each of its options, for a period. */
export interface Configuration {
  readonly offer: Offer;
  readonly months: number;
  readonly price: Price;
  readonly chosen: readonly Chosen[];
}

/** By option key, the key of the choice that was asked for. */
export type Asked = (optionKey: string) => string | undefined;

/** What a product or choice costs for that many months; nothing where it is not sold for them. */
export function priceOf({ prices }: Offer, { id }: { readonly id: string }, months: number): Price | undefined {
  return prices.get(id)?.find(({ periodMonths }) => periodMonths === months);
}

/** The choices of an option that are sold for a period. */
export function choicesOf(offer: Offer, { choices }: ProductOption, months: number): OptionChoice[] {
  return choices.filter((choice) => priceOf(offer, choice, months));
}

/** The periods for which the product and something of each option are sold, the shortest first. */
export function periodsOf(offer: Offer): number[] {
  const { product, prices } = offer;
  const own = (prices.get(product.id) ?? []).map(({ periodMonths }) => periodMonths);
  const whole = own.filter((months) => product.options.every((option) => choicesOf(offer, option, months).length > 0));
  return whole.sort((one, other) => one - other);
}

/** What was asked for where it is sold; else the usual choice, or the first that is in stock. Nothing: not sold so. */
export function configure(offer: Offer, months: number, asked: Asked = () => undefined): Configuration | undefined {
  const price = priceOf(offer, offer.product, months);
  if (!price || !periodsOf(offer).includes(months)) return;
  const chosen = offer.product.options.flatMap((option) => {
    const sold = choicesOf(offer, option, months);
    const there = sold.filter(({ id }) => !option.isPhysical || machinesWith(offer.stock, [id]) > 0);
    const usual = there.find(({ isDefault }) => isDefault) ?? there[0] ?? sold[0];
    const choice = sold.find(({ key }) => key === asked(option.key)) ?? usual;
    const itsPrice = choice && priceOf(offer, choice, months);
    return choice && itsPrice ? [{ option, choice, price: itsPrice }] : [];
  });
  return { offer, months, price, chosen };
}

export function quoteOf({ offer, price, chosen }: Configuration, vat: Pick<Vat, 'rateBp'>): Quote {
  return quote([price, ...chosen.map((each) => each.price)], offer.currency, vat);
}

/** Whether a choice can be had at all, and with the others that are chosen. */
export function availabilityIn({ offer, chosen }: Configuration, option: ProductOption, id: string): Availability {
  if (!option.isPhysical) return 'in_stock';
  const others = chosen.filter((each) => each.option.isPhysical && each.option.id !== option.id);
  return availabilityOf(
    offer.stock,
    id,
    others.map(({ choice }) => choice.id),
  );
}

/** How many machines there are that have all that is chosen. */
export function machinesFor({ offer, chosen }: Configuration): number {
  const physical = chosen.filter(({ option }) => option.isPhysical);
  return machinesWith(
    offer.stock,
    physical.map(({ choice }) => choice.id),
  );
}
