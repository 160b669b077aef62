import { phrase } from '../../../locales/phrases.js';
import { neighbours, type TrafficPeriod, trafficPeriods } from '../../../rules/network/traffic-window.js';
import type { AskedTraffic } from '../../forms/network/traffic-span.js';
import type { Reader } from '../moments.js';

/** What a graph may be saved as. */
export const graphFiles = ['png', 'jpeg', 'svg', 'pdf', 'csv'] as const;

/** Where a graph leads: other periods, before and after, the whole one, files. All work without script. */
export function presentTrafficLinks({ language, timeZone }: Reader, address: string, asked: AskedTraffic) {
  const { period, span, kind, now } = asked;
  const to = (wanted: TrafficPeriod, from?: Date, until?: Date) => `${address}?${queryOf(wanted, from, until)}`;
  const { earlier, later } = neighbours(period, span, timeZone, now);
  const same = kind === 'latest' ? queryOf(period) : queryOf(period, span.from, kind === 'part' ? span.to : undefined);
  return {
    periods: trafficPeriods.map((each) => ({
      id: `traffic-${each}`,
      label: phrase(language, `graphs:periods.${each}`),
      address: to(each),
      current: each === period && kind !== 'part',
    })),
    whole: kind === 'part' ? to(period) : undefined,
    earlier: kind === 'part' ? undefined : to(period, earlier),
    later: kind !== 'past' ? undefined : to(period, reachesNow(period, later, asked, timeZone) ? undefined : later),
    files: graphFiles.map((file) => ({ label: file.toUpperCase(), address: `${address}.${file}?${same}` })),
    picture: `${address}.svg?${same}`,
    part: to(period),
  };
}

function queryOf(period: TrafficPeriod, from?: Date, to?: Date): string {
  const query = new URLSearchParams({ period });
  if (from) query.set('from', minute(from));
  if (to) query.set('to', minute(to));
  return query.toString().replaceAll('%3A', ':');
}

/** A period that would end in the future is the last one, which needs no date. */
function reachesNow(period: TrafficPeriod, from: Date | undefined, { now }: AskedTraffic, timeZone: string): boolean {
  return !from || neighbours(period, { from: now, to: now }, timeZone, now).earlier <= from;
}

function minute(at: Date): string {
  return `${at.toISOString().slice(0, 16)}Z`;
}
