import { formatMoment } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { StopCause } from '../../../models/durable/emergency-stop.js';
import type { StandingStop } from '../../../models/durable/stop-board.js';
import type { Reader } from '../moments.js';

type Told = Omit<StandingStop, 'setAt' | 'waiting'> & { readonly setAt: Date };

/** Why, in the words of whoever set it, or what automation noticed of itself. */
export function reasonOf(reader: Reader, { reason, cause }: Pick<Told, 'reason' | 'cause'>): string {
  return cause ? noticed(reader, cause) : (reason ?? '');
}

function noticed({ language, timeZone }: Reader, { noticed, from, to }: StopCause): string {
  const at = (instant: string) => formatMoment(language, new Date(instant), timeZone);
  return phrase(language, `stops:noticed.${noticed}`, { from: at(from), to: at(to) });
}

/** Who, since when and why, in one sentence. */
export function storyOf(reader: Reader, stop: Told): string {
  const { language, timeZone } = reader;
  const at = formatMoment(language, stop.setAt, timeZone);
  const reason = reasonOf(reader, stop);
  return stop.setBy === null
    ? phrase(language, 'stops:story.itself', { at, reason })
    : phrase(language, 'stops:story.by', { who: stop.setBy, at, reason });
}

/** For `staff/_stop`: the band that stands on every page of the staff. */
export function presentStops(reader: Reader, stops: readonly StandingStop[]) {
  return stops.map((stop) => ({
    id: stop.id,
    heading: phrase(reader.language, `stops:standing.${stop.kind}`),
    text: [
      storyOf(reader, { ...stop, setAt: new Date(stop.setAt) }),
      phrase(reader.language, 'stops:waiting', { count: stop.waiting }),
    ].join(' '),
    address: `/staff/stops/${stop.id}`,
  }));
}
