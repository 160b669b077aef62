import type { CalendarDay } from '../../rules/calendar.js';
import type { Build } from '../../rules/catalogue/stock.js';
import { Price } from './price.js';
import { Product } from './product.js';
import { buildsInStock } from './stock.js';

/** A product as it is sold just now: its options, what each part costs in a currency, and what is in stock. */
export interface Offer {
  readonly product: Product;
  readonly currency: string;
  /** Of a product or a choice, by its id; what has no price for a period is not sold for it. */
  readonly prices: ReadonlyMap<string, readonly Price[]>;
  readonly stock: readonly Build[];
}

export interface OfferTerms {
  readonly currency: string;
  /** The day whose prices count, where the seller is. */
  readonly on: CalendarDay;
  /** The moment at which stock is counted. */
  readonly at: Date;
}

/** Everything listed, in the catalogue's order. */
export async function allOffers(terms: OfferTerms): Promise<Offer[]> {
  return offersOf(await listed(), terms);
}

/** One listed product by its slug. */
export async function offerNamed(slug: string, terms: OfferTerms): Promise<Offer | undefined> {
  if (!/^[\w-]{1,100}$/.test(slug)) return;
  const [offer] = await offersOf(await listed().where('products.slug', slug), terms);
  return offer;
}

function listed() {
  return Product.query().modify('listed').withGraphJoined('category');
}

async function offersOf(products: readonly Product[], { currency, on, at }: OfferTerms): Promise<Offer[]> {
  if (products.length === 0) return [];
  await Product.fetchGraph([...products], 'options.choices');
  const productIds = products.map(({ id }) => id);
  const choiceIds = products.flatMap(({ options }) => options.flatMap(({ choices }) => choices.map(({ id }) => id)));
  const inForce = Price.query()
    .modify('inForceOn', on, currency)
    .where((either) => either.whereIn('productId', productIds).orWhereIn('choiceId', choiceIds));
  const [everyPrice, builds] = await Promise.all([inForce, buildsInStock(at, productIds)]);
  const prices = new Map<string, Price[]>();
  for (const price of everyPrice) {
    const of = price.productId ?? price.choiceId ?? '';
    prices.set(of, [...(prices.get(of) ?? []), price]);
  }
  return products.map((product) => {
    const stock = builds.filter(({ productId }) => productId === product.id);
    return { product, currency, prices, stock };
  });
}
