import { phrase } from '../../../locales/phrases.js';
import { type SwitchRow, switchSorts } from '../../../models/network/switch-search.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { moment, type Reader } from '../moments.js';

export const switchesOffer = {
  id: 'switches',
  address: '/staff/switches',
  sorts: switchSorts,
  searchable: true,
} as const satisfies ListOffer;

export type SwitchesWish = ListWish<(typeof switchSorts)[number]>;

export interface SwitchesInput {
  readonly rows: readonly SwitchRow[];
  readonly count: number;
  readonly wish: SwitchesWish;
  readonly mayChange: boolean;
}

export function addressOfSwitch(name: string): string {
  return `/staff/switches/${encodeURIComponent(name)}`;
}

export function presentSwitches(reader: Reader, { rows, count, wish, mayChange }: SwitchesInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `inventory:switches.${key}`);
  const columns = [
    { label: says('name'), sort: 'name' as const },
    { label: says('site'), sort: 'site' as const },
    { label: says('reached') },
    { label: says('ports'), number: true },
    { label: says('used'), number: true },
    { label: says('answers') },
  ];
  return {
    title: says('title'),
    mayChange,
    nothingYet: count === 0 && !wish.query,
    list: presentList(switchesOffer, wish, { language, columns, count }),
    rows: rows.map((row) => ({
      ...row,
      address: addressOfSwitch(row.name),
      reached: reachedAt(row),
      snmp: says(`version.${row.version}`),
      ...answers(reader, row),
    })),
  };
}

export function reachedAt({ host, port }: Pick<SwitchRow, 'host' | 'port'>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether it answered when its counters were last read, and since when it does not. */
export function answers(reader: Reader, { answeredAt, failingSince, failure }: SwitchRow) {
  const says = (key: string) => phrase(reader.language, `inventory:switches.${key}`);
  const look = failingSince
    ? { tone: 'bad', icon: 'circle-x', text: says('silent') }
    : answeredAt
      ? { tone: 'ok', icon: 'circle-check', text: says('answering') }
      : { tone: 'idle', icon: 'circle-dashed', text: says('unread') };
  const since = failingSince ?? answeredAt;
  return { pill: look, at: since ? moment(reader, since) : undefined, failure };
}
