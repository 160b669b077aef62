import { type Money, minorDigits } from '../money.js';

const GREATEST_MINOR = 1_000_000_000_00;

/**
 * An amount as people type it, `1188.00` or `1188,00`, above zero and in whole minor units of the currency (ISO 4217: none
 * for yen). Nothing for whatever else: a sign, an exponent, a third decimal, separators of thousands, another currency.
 */
export function readAmount(typed: string, currency: string): Money | undefined {
  const [, whole, rest = ''] = typed.trim().match(/^(\d{1,12})(?:[.,](\d+))?$/) ?? [];
  const digits = minorDigits(currency);
  if (whole === undefined || rest.length > digits) return undefined;
  const amountMinor = Number(whole + rest.padEnd(digits, '0'));
  return amountMinor > 0 && amountMinor <= GREATEST_MINOR ? { amountMinor, currency } : undefined;
}

/** As it is typed, for a field that is filled in already. */
export function typedAmount({ amountMinor, currency }: Money): string {
  const digits = minorDigits(currency);
  return (amountMinor / 10 ** digits).toFixed(digits);
}
