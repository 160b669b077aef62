import type { CalendarDay } from '../calendar.js';
import { isInVatArea, standardRate } from './vat-rates.js';

export const vatTreatments = ['domestic', 'consumer_abroad', 'reverse_charge', 'outside_scope'] as const;

export type VatTreatment = (typeof vatTreatments)[number];

export interface Seller {
  readonly country: string;
}

export interface Buyer {
  readonly country: string;
  readonly kind: 'company' | 'consumer';
  /** Whether a VAT number was given and the register confirmed it. */
  readonly vatNumberValidated: boolean;
}

export interface Vat {
  readonly treatment: VatTreatment;
  /** The country whose VAT is charged. */
  readonly country: string;
  readonly rateBp: number;
}

/** Who lives there lives, as far as VAT goes, in the country beside it (Directive 2006/112/EC, Art. 7). */
const countedTo: Readonly<Record<string, string>> = { MC: 'FR' };

/**
 * VAT on hosting, an electronically supplied service, by Directive 2006/112/EC: at home the seller's rate; a company
 * elsewhere in the Union with a validated number accounts for it itself (Art. 44, 196); everybody else in the Union pays
 * the rate of where they live (Art. 58); outside the Union nothing is charged (Art. 44, 59). A number that was not
 * validated is no number: VAT is charged, never silently left out.
 */
export function vatFor(seller: Seller, buyer: Buyer, taxPointOn: CalendarDay): Vat {
  const { kind, vatNumberValidated } = buyer;
  const country = countedTo[buyer.country] ?? buyer.country;
  if (!isInVatArea(country)) return { treatment: 'outside_scope', country, rateBp: 0 };
  const rateBp = standardRate(country, taxPointOn);
  if (country === seller.country) return { treatment: 'domestic', country, rateBp };
  if (kind === 'company' && vatNumberValidated) return { treatment: 'reverse_charge', country, rateBp: 0 };
  return { treatment: 'consumer_abroad', country, rateBp };
}
