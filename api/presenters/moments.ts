import { formatDay } from '../../locales/formats.js';
import { dateFormat, numberFormat } from '../../locales/formatters.js';
import type { Language } from '../../rules/accounts/languages.js';
import type { CalendarDay } from '../../rules/calendar.js';

/** In whose words and hours a page is written: `response.locals.reader`. */
export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
}

export interface Moment {
  readonly instant: string;
  readonly exact: string;
  readonly text: string;
}

/** For `partials/moment`: day and hour in the reader's zone; on hover to the second, with the zone's name. */
export function moment({ language, timeZone }: Reader, at: Date): Moment {
  const short = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;
  const exact = { dateStyle: 'long', timeStyle: 'long' } as const;
  return {
    instant: at.toISOString(),
    exact: dateFormat(language, { ...exact, timeZone }).format(at),
    text: dateFormat(language, { ...short, hourCycle: 'h23', timeZone }).format(at),
  };
}

/** A moment of today by its hour alone. */
export function hour({ language, timeZone }: Reader, at: Date): Moment {
  const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  return {
    ...moment({ language, timeZone }, at),
    text: dateFormat(language, { ...clock, timeZone }).format(at),
  };
}

/** As many as lists of some years show. */
const MOST_DAYS = 5_000;
const days = new Map<string, Moment>();

/** For `partials/moment`: a day without an hour, which is the same day everywhere; a list shows some over and over. */
export function day({ language }: Pick<Reader, 'language'>, on: CalendarDay): Moment {
  const known = days.get(language + on);
  if (known) return known;
  if (days.size >= MOST_DAYS) days.clear();
  const written = writtenDay(language, on);
  days.set(language + on, written);
  return written;
}

function writtenDay(language: Language, on: CalendarDay): Moment {
  const short = { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' } as const;
  const text = dateFormat(language, short).format(new Date(on));
  return { instant: on, exact: formatDay(language, on), text };
}

/** How long something took or takes: `6 s`, `9 min 12 s`, `2 h 10 min`; nothing takes no time at all. */
export function duration({ language }: Pick<Reader, 'language'>, milliseconds: number): string {
  const seconds = Math.max(milliseconds > 0 ? 1 : 0, Math.round(milliseconds / 1_000));
  const units: readonly [number, string][] = [
    [Math.floor(seconds / 86_400), 'day'],
    [Math.floor(seconds / 3_600) % 24, 'hour'],
    [Math.floor(seconds / 60) % 60, 'minute'],
    [seconds % 60, 'second'],
  ];
  const first = units.findIndex(([amount]) => amount > 0);
  const told = first < 0 ? units.slice(-1) : units.slice(first, first + 2).filter(([amount]) => amount > 0);
  const write = ([amount, unit]: [number, string]) =>
    numberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(amount);
  return told.map(write).join(' ');
}
