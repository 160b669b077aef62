import { formatMoney } from '../../../locales/formats.js';
import { numberFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import type { EmergencyStop } from '../../../models/durable/emergency-stop.js';
import type { HeldGroup } from '../../../models/durable/stop-board.js';
import { type StopKind, stopKinds } from '../../../rules/durable/stops.js';
import type { StopField } from '../../forms/staff/stop.js';
import { moment, type Reader } from '../moments.js';
import { storyOf } from './stop-words.js';

export interface Rejected {
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly (StopField | 'standing')[];
}

export interface StopsInput {
  readonly standing: readonly { readonly stop: EmergencyStop; readonly groups: readonly HeldGroup[] }[];
  readonly past: readonly EmergencyStop[];
  readonly mayStop: boolean;
  readonly rejected?: Rejected | undefined;
}

/** What is stopped and waits, how to stop more, and what was stopped before. */
export function presentStopBoard(reader: Reader, { standing, past, mayStop, rejected }: StopsInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `stops:page.${key}`);
  const stopped = standing.map(({ stop }) => stop.kind);
  return {
    title: says('title'),
    count: standing.length || undefined,
    standing: standing.map(({ stop, groups }) => ({
      ...told(reader, stop),
      groups: groups.map((group) => presentGroup(reader, group)),
    })),
    form: mayStop ? presentForm(reader, stopped, rejected) : undefined,
    past: past.map((stop) => ({
      kind: phrase(language, `stops:kind.${stop.kind}`),
      address: `/staff/stops/${stop.id}`,
      story: storyOf(reader, named(stop)),
      lifted: stop.liftedAt && moment(reader, stop.liftedAt),
      by: stop.liftedBy?.name,
    })),
  };
}

function presentForm({ language }: Reader, stopped: readonly StopKind[], rejected: Rejected | undefined) {
  const wrong = rejected?.wrong ?? [];
  const problem = (field: string) => phrase(language, `stops:wrong.${field}`);
  const kindWrong = wrong.find((field) => field !== 'reason');
  return {
    kinds: stopKinds.map((kind) => ({
      value: kind,
      label: phrase(language, `stops:kind.${kind}`),
      detail: phrase(language, `stops:covers.${kind}`),
      chosen: rejected?.typed.kind === kind,
      disabled: stopped.includes(kind),
    })),
    reason: rejected?.typed.reason,
    kindError: kindWrong && problem(kindWrong),
    reasonError: wrong.includes('reason') ? problem('reason') : undefined,
    errors: wrong.length
      ? wrong.map((field) => ({ field: field === 'standing' ? 'kind' : field, text: problem(field) }))
      : undefined,
  };
}

/** Money by its sum, all else by its number; and how many, since when. */
export function presentGroup(reader: Reader, { deed, count, processes, oldest, sums, stays }: HeldGroup) {
  const { language } = reader;
  const number = numberFormat(language, {}).format(deed === 'installation' ? processes : count);
  const money = sums.map((sum) => formatMoney(language, sum)).join(' + ');
  return {
    label: phrase(language, `stops:deed.${deed}`),
    figure: money || number,
    detail: [
      ...(money ? [phrase(language, 'stops:steps', { count })] : []),
      phrase(language, 'stops:oldest', { at: moment(reader, oldest).text }),
      ...(stays ? [phrase(language, 'stops:stays')] : []),
    ].join(' · '),
  };
}

/** A stop with who set it, since when and why. */
export function told(reader: Reader, stop: EmergencyStop) {
  return {
    id: stop.id,
    heading: phrase(reader.language, `stops:standing.${stop.kind}`),
    text: storyOf(reader, named(stop)),
    address: `/staff/stops/${stop.id}`,
  };
}

function named(stop: EmergencyStop) {
  return {
    id: stop.id,
    kind: stop.kind,
    reason: stop.reason,
    cause: stop.cause,
    setAt: stop.setAt,
    setBy: stop.setBy?.name ?? null,
  };
}
