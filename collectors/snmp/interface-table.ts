import type { SwitchReader } from '../../gateways/switch/reader.js';
import type { SnmpValue } from '../../gateways/switch/snmp-message.js';
import { SwitchRefused } from '../../gateways/switch/switch.js';
import { cleanText } from '../../rules/network/device-text.js';
import type { InterfaceNames } from '../../rules/network/interfaces.js';
import { type Column, cell, columns, SPEED_UNSAID, SYS_UP_TIME, UP } from './columns.js';

export interface Interface extends InterfaceNames {
  /** 0 where the device does not say. */
  readonly speedMbit: number;
  readonly up: boolean;
  readonly link: boolean;
  /** By the device's up-time, in hundredths of a second. */
  readonly lastChangeTicks?: number;
  readonly counterBits: 32 | 64 | null;
  readonly saysDiscontinuity: boolean;
}

export interface InterfaceTable {
  readonly upTicks: number;
  readonly interfaces: readonly Interface[];
  /** Values that were no values: of a wrong type, or unreadable. */
  readonly unreadable: number;
}

const ROWS_A_REQUEST = 25;
const MOST_INTERFACES = 4_096;
/** Columns that name interfaces: some devices have none of the first, some none of the second. */
const naming = ['name', 'descr'] as const;
const asked = [
  ...['alias', 'highSpeed', 'speed', 'adminStatus', 'operStatus', 'lastChange'],
  ...['inOctets64', 'outOctets64', 'inOctets', 'outOctets', 'discontinuity'],
] as readonly Column[];

/** All that a device says of its interfaces, but for what changes each minute. */
export async function readInterfaces(reader: SwitchReader): Promise<InterfaceTable> {
  let unreadable = 0;
  const text = (value: SnmpValue) => {
    if (value === undefined) return '';
    if (Buffer.isBuffer(value)) return cleanText(value);
    unreadable++;
    return '';
  };
  const number = (value: SnmpValue) => {
    if (typeof value === 'number' && value >= 0) return value;
    if (value !== undefined) unreadable++;
    return undefined;
  };
  const counts = (value: SnmpValue, type: 'number' | 'bigint') => {
    if (value !== undefined && typeof value !== type) unreadable++;
    return typeof value === type;
  };

  const names = { name: new Map<number, SnmpValue>(), descr: new Map<number, SnmpValue>() };
  for (const column of naming) names[column] = await walk(reader, columns[column]);
  const indexes = [...new Set([...names.name.keys(), ...names.descr.keys()])].sort((one, other) => one - other);
  const oids = indexes.flatMap((ifIndex) => asked.map((column) => cell(column, ifIndex)));
  const [upTicks, ...values] = await reader.get([SYS_UP_TIME, ...oids]);
  const interfaces = indexes.map((ifIndex, row): Interface => {
    const value = (column: Column) => values[row * asked.length + asked.indexOf(column)];
    const wide = [value('inOctets64'), value('outOctets64')].map((each) => counts(each, 'bigint')).every(Boolean);
    const narrow = [value('inOctets'), value('outOctets')].map((each) => counts(each, 'number')).every(Boolean);
    const lastChangeTicks = number(value('lastChange'));
    return {
      ifIndex,
      name: text(names.name.get(ifIndex)),
      descr: text(names.descr.get(ifIndex)),
      alias: text(value('alias')),
      speedMbit: speedOf(number(value('highSpeed')), number(value('speed'))),
      up: number(value('adminStatus')) === UP,
      link: number(value('operStatus')) === UP,
      ...(lastChangeTicks !== undefined && { lastChangeTicks }),
      counterBits: wide ? 64 : narrow ? 32 : null,
      saysDiscontinuity: number(value('discontinuity')) !== undefined,
    };
  });
  return { upTicks: number(upTicks) ?? 0, interfaces, unreadable };
}

function speedOf(highSpeed: number | undefined, speed: number | undefined): number {
  if (highSpeed) return highSpeed;
  return speed === undefined || speed === SPEED_UNSAID ? 0 : Math.round(speed / 1e6);
}

/** A column's rows by their interface. Throws `SwitchRefused` where the device goes in circles or has no end. */
async function walk(reader: SwitchReader, column: string): Promise<Map<number, SnmpValue>> {
  const found = new Map<number, SnmpValue>();
  let [from, last] = [column, -1];
  for (;;) {
    const rows = await reader.after(from, ROWS_A_REQUEST);
    for (const { oid, value } of rows) {
      if (!oid.startsWith(`${column}.`) || value === undefined) return found;
      const ifIndex = Number(oid.slice(column.length + 1));
      if (!(ifIndex > last)) throw new SwitchRefused(`it goes in circles at ${oid}`);
      if (found.size >= MOST_INTERFACES) throw new SwitchRefused(`it has more than ${MOST_INTERFACES} interfaces`);
      found.set(ifIndex, value);
      [from, last] = [oid, ifIndex];
    }
    if (rows.length === 0) return found;
  }
}
