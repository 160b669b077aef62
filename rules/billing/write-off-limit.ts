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

/** So many times as much within a day, or a limit would be none for who splits. */
const TIMES_A_DAY = 4;
export const WRITE_OFF_DAY_MS = 86_400_000;

/** Above it an administrator gives up, who answers for the books. Nothing where there is no limit. */
export function writeOffLimit(role: StaffRole, currency: string): Money | undefined {
  return role === 'administrator' ? undefined : { amountMinor: limits[currency] ?? 0, currency };
}

/** What one person may give up within 24 hours, in each currency. */
export function dayLimit(role: StaffRole, currency: string): Money | undefined {
  const limit = writeOffLimit(role, currency);
  return limit && { ...limit, amountMinor: limit.amountMinor * TIMES_A_DAY };
}

export function mayWriteOff(role: StaffRole, { amountMinor, currency }: Money): boolean {
  const limit = writeOffLimit(role, currency);
  return !limit || amountMinor <= limit.amountMinor;
}

export interface DayExceeded {
  readonly limit: Money;
  /** Given up within the day before. */
  readonly before: Money;
}

/**
 * The limit of a day that amounts exceed with what the same person gave up before, of the first currency in which they do;
 * nothing where they may be written off.
 */
export function exceededInDay(
  role: StaffRole,
  amounts: readonly Money[],
  before: readonly Money[],
): DayExceeded | undefined {
  for (const currency of new Set(amounts.map((amount) => amount.currency))) {
    const limit = dayLimit(role, currency);
    const [now, earlier] = [sumIn(currency, amounts), sumIn(currency, before)];
    if (limit && now + earlier > limit.amountMinor) return { limit, before: { amountMinor: earlier, currency } };
  }
  return undefined;
}

function sumIn(currency: string, amounts: readonly Money[]): number {
  return amounts.reduce((sum, amount) => sum + (amount.currency === currency ? amount.amountMinor : 0), 0);
}
