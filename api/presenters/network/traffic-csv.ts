import { DateTime } from 'luxon';
import { phrase } from '../../../locales/phrases.js';
import type { TrafficPoint } from '../../../rules/network/traffic.js';
import type { Cell } from '../csv.js';
import type { Reader } from '../moments.js';

const QUARTER_MS = 900_000;
const columns = ['startsAt', 'local', 'port', 'in', 'out', 'seconds'] as const;

export function trafficCsvHead({ language, timeZone: zone }: Reader): string[] {
  return columns.map((column) => phrase(language, `graphs:csv.${column}`, { zone }));
}

/** The reader's clock at an instant, worked out once a quarter of an hour: a year has a hundred thousand instants. */
export function localClock(zone: string): (at: Date) => string {
  let quarter = Number.NaN;
  let [shift, written] = [0, ''];
  return (at) => {
    const current = Math.floor(at.getTime() / QUARTER_MS);
    if (current !== quarter) {
      const there = DateTime.fromJSDate(at, { zone });
      quarter = current;
      [shift, written] = [there.offset * 60_000, there.toFormat('ZZ')];
    }
    return new Date(at.getTime() + shift).toISOString().slice(0, 19) + written;
  };
}

/** An interval to the octet, so that every figure and every bill can be worked out again from it. */
export function trafficCells(clock: (at: Date) => string, port: string, interval: TrafficPoint): readonly Cell[] {
  const { startsAt, inOctets, outOctets, seconds } = interval;
  return [startsAt, clock(startsAt), port, inOctets, outOctets, seconds];
}
