import { phrase } from '../../../locales/phrases.js';
import { type LoggedCommand, powerLogFilters } from '../../../models/servers/power-log.js';
import type { PowerDeed } from '../../../rules/servers/power-commands.js';
import type { Cell } from '../csv.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { duration, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { deedIcons, type PowerPlace } from './power.js';
import { nameOfAsker } from './power-command.js';

type Filter = (typeof powerLogFilters)[number];

/** What a reboot log offers, at its place. */
export function powerLogOffer({ address }: PowerPlace) {
  return {
    id: 'power-log',
    address: `${address}/power-commands`,
    sorts: ['asked'],
    usualDirection: 'desc',
    filters: powerLogFilters,
    searchable: true,
    csv: `${address}/power-commands.csv`,
  } as const satisfies ListOffer;
}

export type PowerLogWish = ListWish<'asked', Filter>;

export interface PowerLogInput {
  readonly place: PowerPlace;
  readonly wish: PowerLogWish;
  readonly commands: readonly LoggedCommand[];
  readonly count: number;
}

/** A server's or a machine's reboot log. */
export function presentPowerLog(reader: Reader, { place, wish, commands, count }: PowerLogInput) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `power:log.${key}`, values);
  const columns = [
    { label: says('asked'), sort: 'asked' as const },
    { label: says('command') },
    { label: says('who') },
    { label: says('outcome') },
    { label: says('took'), number: true },
  ];
  const filters = Object.fromEntries(powerLogFilters.map((name) => [name, { label: says(`filters.${name}`) }]));
  return {
    title: says('title'),
    crumbs: place.crumbs,
    sub: says('sub', { name: place.name }),
    count,
    isEmpty: count === 0 && !wish.query && wish.filter === 'all',
    power: `${place.address}/power`,
    list: presentList(powerLogOffer(place), wish, {
      language,
      columns,
      filters: filters as Record<Filter, { label: string }>,
      count,
    }),
    rows: commands.map((command) => presentRow(reader, place, command)),
  };
}

function presentRow(reader: Reader, place: PowerPlace, command: LoggedCommand) {
  const { language } = reader;
  const { status, outcome, askedAt, endedAt } = command;
  return {
    address: `${place.address}/power-commands/${command.id}`,
    asked: moment(reader, askedAt),
    command: phrase(language, `power:deed.${command.command}`),
    icon: deedIcons[command.command as PowerDeed],
    reason: command.reason,
    who: nameOfAsker(place, command),
    pill: pill(language, 'powerCommand', status),
    outcome: outcome && phrase(language, `power:outcome.${outcome}`),
    took: endedAt ? duration(reader, endedAt.getTime() - askedAt.getTime()) : '–',
  };
}

export function powerLogHead({ language }: Reader): string[] {
  const columns = ['asked', 'command', 'reason', 'who', 'status', 'outcome', 'before', 'after', 'seconds'];
  return columns.map((column) => phrase(language, `power:log.csv.${column}`));
}

export function powerLogCells({ language }: Reader, place: PowerPlace, command: LoggedCommand): readonly Cell[] {
  const { status, outcome, askedAt, endedAt, powerBefore, powerAfter, reason } = command;
  const state = (power: typeof powerBefore) => power && phrase(language, `states:power.${power}`);
  const seconds = endedAt && Math.round((endedAt.getTime() - askedAt.getTime()) / 1_000);
  return [
    ...[askedAt, phrase(language, `power:deed.${command.command}`), reason, nameOfAsker(place, command)],
    ...[phrase(language, `states:powerCommand.${status}`), outcome && phrase(language, `power:outcome.${outcome}`)],
    ...[state(powerBefore), state(powerAfter), seconds],
  ];
}
