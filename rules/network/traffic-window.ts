import { DateTime } from 'luxon';

/** What a graph may show, each a calendar span in its reader's time zone. */
export const trafficPeriods = ['day', 'week', 'month', 'quarter', 'year'] as const;

export type TrafficPeriod = (typeof trafficPeriods)[number];

/** From the first instant to the one before `to`. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

const spans = {
  day: { days: 1 },
  week: { weeks: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  year: { years: 1 },
} as const satisfies Record<TrafficPeriod, object>;

/** The span of a period that ends at an instant. A day in which the clocks change has 23 or 25 hours. */
export function periodUntil(period: TrafficPeriod, to: Date, timeZone: string): Span {
  return { from: DateTime.fromJSDate(to, { zone: timeZone }).minus(spans[period]).toJSDate(), to };
}

/** The span of a period that begins at an instant; one that would reach past `now` ends there. */
export function periodSince(period: TrafficPeriod, from: Date, timeZone: string, now: Date): Span {
  const to = DateTime.fromJSDate(from, { zone: timeZone }).plus(spans[period]).toJSDate();
  return { from, to: to > now ? now : to };
}

/** Where the spans before and after begin; the one after only as long as something of it has passed. */
export function neighbours(period: TrafficPeriod, { from, to }: Span, timeZone: string, now: Date) {
  const later = to < now ? to : undefined;
  return { earlier: periodUntil(period, from, timeZone).from, later };
}
