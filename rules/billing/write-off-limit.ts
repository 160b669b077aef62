import type { StaffRole } from '../accounts/staff-rights.js';
import type { Money } from '../money.js';

/** In minor units: what somebody may give up of an invoice on their own. Of a currency that is not named here, nothing. */
const limits: Readonly<Record<string, number>> = {
  EUR: 500_00,
  GBP: 450_00,
  USD: 550_00,
  CHF: 500_00,
  PLN: 2_000_00,
  UAH: 20_000_00,
  JPY: 80_000,
};

/** So many times as much of a set, or a limit would be none for who splits. */
const TIMES_IN_A_SET = 4;

/** Above it an administrator gives up, who answers for the books. Nothing where there is no limit. */
export function writeOffLimit(role: StaffRole, currency: string): Money | undefined {
  return role === 'administrator' ? undefined : { amountMinor: limits[currency] ?? 0, currency };
}

/** What the invoices of one set may come to, in each currency. */
export function setLimit(role: StaffRole, currency: string): Money | undefined {
  const limit = writeOffLimit(role, currency);
  return limit && { ...limit, amountMinor: limit.amountMinor * TIMES_IN_A_SET };
}

export function mayWriteOff(role: StaffRole, { amountMinor, currency }: Money): boolean {
  const limit = writeOffLimit(role, currency);
  return !limit || amountMinor <= limit.amountMinor;
}

/** The limit that the sum of a set exceeds, of the first currency in which it does; nothing where it may be written off. */
export function exceededInSet(role: StaffRole, amounts: readonly Money[]): Money | undefined {
  const sums = new Map<string, number>();
  for (const { amountMinor, currency } of amounts) sums.set(currency, (sums.get(currency) ?? 0) + amountMinor);
  const exceeded = [...sums].map(([currency, sum]) => ({ limit: setLimit(role, currency), sum }));
  return exceeded.find(({ limit, sum }) => limit && sum > limit.amountMinor)?.limit;
}
