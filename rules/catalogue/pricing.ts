import { type DocumentTotals, documentTotals } from '../billing/document-totals.js';
import type { Vat } from '../billing/vat.js';
import { type Money, total } from '../money.js';

/** What a product, or a choice of one, costs net: for one whole period, and once with the first. */
export interface Priced {
  readonly recurringMinor: number;
  readonly setupMinor: number;
}

export interface Quote {
  /** Of each part for one period, in the parts' order; nothing is what is included. */
  readonly lines: readonly Money[];
  /** Of all parts together, net: for one period, and once. */
  readonly recurring: Money;
  readonly setup: Money;
  /** As the first invoice will say it. */
  readonly today: DocumentTotals;
  /** Each later period, VAT included. */
  readonly later: Money;
}

/** What the parts of an order cost under a VAT treatment: computed as the invoices are, so that page and paper agree. */
export function quote(parts: readonly Priced[], currency: string, { rateBp: vatRateBp }: Pick<Vat, 'rateBp'>): Quote {
  const money = (amountMinor: number) => ({ amountMinor, currency });
  const lines = parts.map(({ recurringMinor }) => money(recurringMinor));
  const recurring = total(lines, currency);
  const setup = total(
    parts.map(({ setupMinor }) => money(setupMinor)),
    currency,
  );
  const charged = setup.amountMinor > 0 ? [recurring, setup] : [recurring];
  const document = (nets: readonly Money[]) =>
    documentTotals(
      nets.map((net) => ({ net, vatRateBp })),
      currency,
    );
  return { lines, recurring, setup, today: document(charged), later: document([recurring]).total };
}

/** How much less a longer period costs than paying month by month, in whole per cent, rounded down: never promised too much. */
export function savedPercent(monthly: Priced, longer: Priced, months: number): number {
  const apart = monthly.recurringMinor * months;
  return apart > longer.recurringMinor ? Math.floor(((apart - longer.recurringMinor) * 100) / apart) : 0;
}
