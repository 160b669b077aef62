import { z } from 'zod';
import { ceiled, floored } from '../../../rules/network/traffic-steps.js';
import {
  periodSince,
  periodUntil,
  type Span,
  type TrafficPeriod,
  trafficPeriods,
} from '../../../rules/network/traffic-window.js';
import type { Reader } from '../../presenters/moments.js';

export interface AskedTraffic {
  readonly period: TrafficPeriod;
  readonly span: Span;
  /** The period up to now, one further back, or a part that somebody chose. */
  readonly kind: 'latest' | 'past' | 'part';
  /** What of the address could not be followed; then this is the last day. */
  readonly refused?: 'period' | 'span';
  /** The present, on a whole interval. */
  readonly now: Date;
}

const INTERVAL = 300;
const LEAST_MS = 15 * 60_000;
const LONGEST_MS = 367 * 86_400_000;
const OLDEST_MS = 10 * 366 * 86_400_000;

const period = z.enum(trafficPeriods);
const instant = z
  .union([z.iso.datetime(), z.iso.datetime({ precision: -1 })]) // to the second or finer, or to the minute
  .transform((text) => new Date(text));

/** Reads `?period=week&from=2026-11-14T13:20Z&to=…`: without `from` the period ends now, without `to` it is whole. */
export function readTrafficSpan(
  asked: Readonly<Record<string, unknown>>,
  { timeZone }: Pick<Reader, 'timeZone'>,
  at: Date,
): AskedTraffic {
  const now = floored(at, INTERVAL);
  const latest = (wanted: TrafficPeriod) => {
    const span = periodUntil(wanted, now, timeZone);
    return { period: wanted, span, kind: 'latest', now } as const;
  };
  const wanted = period.safeParse(asked.period ?? 'day').data;
  if (!wanted) return { ...latest('day'), refused: 'period' };
  if (asked.from === undefined && asked.to === undefined) return latest(wanted);
  const from = instant.safeParse(asked.from).data;
  const to = asked.to === undefined ? undefined : (instant.safeParse(asked.to).data ?? null);
  if (!from || to === null || !isBehind(from, now)) return { ...latest('day'), refused: 'span' };
  if (!to)
    return { period: wanted, span: periodSince(wanted, floored(from, INTERVAL), timeZone, now), kind: 'past', now };
  const span = widened({ from, to }, now);
  return span ? { period: wanted, span, kind: 'part', now } : { ...latest('day'), refused: 'span' };
}

function isBehind(from: Date, now: Date): boolean {
  return from < now && now.getTime() - from.getTime() < OLDEST_MS;
}

/** Whole intervals, a quarter of an hour at least; nothing where the end comes first or is more than a year away. */
function widened({ from, to }: Span, now: Date): Span | undefined {
  const length = to.getTime() - from.getTime();
  if (length <= 0 || length > LONGEST_MS) return undefined;
  const end = Math.min(ceiled(to, INTERVAL).getTime(), now.getTime());
  const begin = Math.min(floored(from, INTERVAL).getTime(), end - LEAST_MS);
  return { from: new Date(begin), to: new Date(end) };
}
