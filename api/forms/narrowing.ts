import { z } from 'zod';
import { addDays, type CalendarDay, startOfDay } from '../../rules/calendar.js';
import { isUuid } from './fields.js';

/** To what a list is narrowed beside its own wishes; empty where nothing was said. */
export interface Narrowing {
  readonly from: CalendarDay;
  /** The last day shown. */
  readonly until: CalendarDay;
  /** A contract's id. */
  readonly contract: string;
}

/** Calendars of PostgreSQL know no year 0, ours none after 9999; and the last day shown has one behind it. */
const day = z.iso.date().refine((typed) => typed >= '0001-01-01' && typed < '9999-12-31');

/** Reads `?from=2026-11-01&until=2026-11-30&contract=…`; anything odd counts as not said. */
export function readNarrowing(asked: Readonly<Record<string, unknown>>): Narrowing {
  const { contract } = asked;
  return {
    from: dayAsked(asked, 'from'),
    until: dayAsked(asked, 'until'),
    contract: typeof contract === 'string' && isUuid(contract) ? contract : '',
  };
}

export function dayAsked(asked: Readonly<Record<string, unknown>>, name: string): CalendarDay {
  return day.safeParse(asked[name]).data ?? '';
}

/** From the first day's beginning to the last one's end, as a time zone counts days. */
export function spanOf(
  { from, until }: Pick<Narrowing, 'from' | 'until'>,
  timeZone: string,
): { from?: Date; until?: Date } {
  return {
    ...(from && { from: startOfDay(from, timeZone) }),
    ...(until && { until: startOfDay(addDays(until, 1), timeZone) }),
  };
}
