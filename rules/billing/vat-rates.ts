import type { CalendarDay } from '../calendar.js';

/** Standard rates in basis points, each from its first day: European Commission, "Taxes in Europe Database", as of November 2026. */
const standardRates: Readonly<Record<string, readonly (readonly [from: CalendarDay, rateBp: number])[]>> = {
  AT: [['1984-01-01', 2000]],
  BE: [['1996-01-01', 2100]],
  BG: [['1999-01-01', 2000]],
  CY: [['2014-01-13', 1900]],
  CZ: [['2013-01-01', 2100]],
  DE: [
    ['2007-01-01', 1900],
    ['2020-07-01', 1600],
    ['2021-01-01', 1900],
  ],
  DK: [['1992-01-01', 2500]],
  EE: [
    ['2009-07-01', 2000],
    ['2024-01-01', 2200],
    ['2025-07-01', 2400],
  ],
  ES: [['2012-09-01', 2100]],
  FI: [
    ['2013-01-01', 2400],
    ['2024-09-01', 2550],
  ],
  FR: [['2014-01-01', 2000]],
  GR: [['2016-06-01', 2400]],
  HR: [['2012-03-01', 2500]],
  HU: [['2012-01-01', 2700]],
  IE: [
    ['2012-01-01', 2300],
    ['2020-09-01', 2100],
    ['2021-03-01', 2300],
  ],
  IT: [['2013-10-01', 2200]],
  LT: [['2009-09-01', 2100]],
  LU: [
    ['2015-01-01', 1700],
    ['2023-01-01', 1600],
    ['2024-01-01', 1700],
  ],
  LV: [['2012-07-01', 2100]],
  MT: [['2004-01-01', 1800]],
  NL: [['2012-10-01', 2100]],
  PL: [['2011-01-01', 2300]],
  PT: [['2011-01-01', 2300]],
  RO: [
    ['2017-01-01', 1900],
    ['2025-08-01', 2100],
  ],
  SE: [['1990-07-01', 2500]],
  SI: [['2013-07-01', 2200]],
  SK: [
    ['2011-01-01', 2000],
    ['2025-01-01', 2300],
  ],
};

/** Whether the country, as ISO 3166-1, belongs to the VAT area of the European Union. */
export function isInVatArea(country: string): boolean {
  return country in standardRates;
}

/** The standard rate in basis points in a country on a day. Throws outside the VAT area, and for days before the table. */
export function standardRate(country: string, day: CalendarDay): number {
  const rate = standardRates[country]?.findLast(([from]) => from <= day);
  if (!rate) throw new RangeError(`no VAT rate is known for ${country} on ${day}`);
  return rate[1];
}
