import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { Brand } from '../../../models/accounts/brand.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { periodsOf } from '../../../models/catalogue/configuration.js';
import { type Offer, type OfferTerms, offerNamed } from '../../../models/catalogue/offer.js';
import { type Vat, vatFor } from '../../../rules/billing/vat.js';
import { dayAt } from '../../../rules/calendar.js';

/** Guests read prices in it until they say who they are. */
const GUESTS_CURRENCY = 'EUR';

/** What a visitor's prices depend on. */
export interface ShopWindow {
  readonly brand: Brand;
  readonly terms: OfferTerms;
  /** Not known of a guest. */
  readonly vat: Vat | undefined;
}

/** The prices of the seller's day, in the customer's currency; a guest is shown those of the first brand. */
export async function shopWindow({ locals }: Response, at: Date): Promise<ShopWindow> {
  const customer: Customer | undefined = locals.customer;
  const brands = Brand.query().withGraphJoined('legalEntity').orderBy('brands.host');
  if (customer) brands.where('brands.id', customer.brandId);
  const brand = await brands.first().throwIfNotFound();
  const on = dayAt(at, brand.legalEntity.timeZone);
  const vat = customer && vatFor(brand.legalEntity, customer.asBuyer, on);
  return { brand, vat, terms: { currency: customer?.currency ?? GUESTS_CURRENCY, on, at } };
}

/** A product that is sold to this visitor. */
export async function offerIn({ terms }: ShopWindow, slug: string): Promise<Offer> {
  const offer = await offerNamed(slug, terms);
  if (!offer || periodsOf(offer).length === 0) throw new NotFoundError({});
  return offer;
}
