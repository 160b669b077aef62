import { decimalsOf } from './currencies.js';

/** Of each charge, in basis points, half up; with a fixed part in hundredths, or their like. */
const SHARE_BP = 150;
const FIXED: Readonly<Record<0 | 2 | 3, number>> = { 0: 40, 2: 25, 3: 100 };
/** For each dispute that takes money away, won or lost. */
const DISPUTE: Readonly<Record<0 | 2 | 3, number>> = { 0: 3000, 2: 2000, 3: 6000 };

/** What the provider keeps of a charge; a refund gives none of it back. */
export function chargeFee(amount: number, currency: string): number {
  return Math.min(amount, Math.floor((amount * SHARE_BP + 5_000) / 10_000) + FIXED[decimalsOf(currency)]);
}

export function disputeFee(currency: string): number {
  return DISPUTE[decimalsOf(currency)];
}
