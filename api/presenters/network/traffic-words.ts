import { numberFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import { type RateUnit, rateUnitFor } from '../../../rules/network/rate-units.js';
import type { TrafficFigures } from '../../../rules/network/traffic-figures.js';
import type { Reader } from '../moments.js';

/** How rates of one graph are written: all in one unit, with one number of decimals. */
export interface RateWords {
  readonly unit: RateUnit;
  /** `Mbit/s`. */
  readonly unitName: string;
  readonly decimals: number;
  /** Without its unit; a dash for what is not known. */
  write(bitsPerSecond: number | null | undefined): string;
}

export const UNKNOWN = '–';

export function rateWords({ language }: Reader, { max, average }: TrafficFigures): RateWords {
  const unit = rateUnitFor(Math.max(max?.in ?? 0, max?.out ?? 0, average?.in ?? 0, average?.out ?? 0));
  const least = Math.min(...[average?.in, average?.out].map((rate) => rate || unit.bits));
  const decimals = unit.bits === 1 ? 0 : least < unit.bits ? 2 : 1;
  const format = numberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  const write = (rate: number | null | undefined) =>
    rate === undefined || rate === null ? UNKNOWN : format.format(rate / unit.bits);
  return { unit, unitName: phrase(language, `graphs:units.${unit.name}`), decimals, write };
}
