import type { Money } from '../money.js';

/**
 * The least that a card is charged, in minor units: https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts.
 * Hryvnias are not named there: whatever is converted must be worth half a euro.
 */
const leastCharges: Readonly<Record<string, number>> = {
  ...{ EUR: 50, USD: 50, GBP: 30, CHF: 50, PLN: 2_00, CZK: 15_00, DKK: 2_50, HUF: 175_00, NOK: 3_00, RON: 2_00 },
  ...{ SEK: 3_00, CAD: 50, AUD: 50, NZD: 50, JPY: 50, UAH: 30_00 },
};

/**
 * What of a customer's credit goes on an amount that is owed: as much as there is, and no more than that. Where it does not
 * cover all, so much is left that a card can be charged for the rest.
 */
export function creditPart({ amountMinor: dueMinor, currency }: Money, creditMinor: number): Money {
  if (creditMinor >= dueMinor) return { amountMinor: dueMinor, currency };
  const most = dueMinor - (leastCharges[currency] ?? 0);
  return { amountMinor: Math.max(0, Math.min(creditMinor, most)), currency };
}
