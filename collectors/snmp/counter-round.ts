import type { SwitchReader } from '../../gateways/switch/reader.js';
import type { SnmpValue } from '../../gateways/switch/snmp-message.js';
import type { Reading } from '../../rules/network/counters.js';
import { cleanText } from '../../rules/network/device-text.js';
import { type Column, cell, SYS_UP_TIME, UP } from './columns.js';

/** A port as it is to be read each minute. */
export interface WatchedPort {
  readonly portId: string;
  readonly ifIndex: number;
  /** `name:Gi0/1`: what it is known by, and in which column. */
  readonly identity: string | undefined;
  readonly counterBits: 32 | 64;
  readonly saysDiscontinuity: boolean;
}

export interface PortRound {
  readonly port: WatchedPort;
  readonly reading: Reading;
  readonly link: boolean;
}

export interface CounterRound {
  readonly rounds: readonly PortRound[];
  /** Ports in whose place something else stands: the table of interfaces is to be read anew. */
  readonly moved: readonly WatchedPort[];
  /** Ports whose values were no values. */
  readonly unreadable: readonly WatchedPort[];
}

/** Of a request of the usual size, without the up-time in front: so that each port's counters come with their own time. */
const VALUES_A_GROUP = 41;

/** The counters of all these ports, asked for by name, each group with the device's clock. */
export async function readCounters(
  reader: SwitchReader,
  ports: readonly WatchedPort[],
  now: () => Date,
): Promise<CounterRound> {
  const [rounds, moved, unreadable]: [PortRound[], WatchedPort[], WatchedPort[]] = [[], [], []];
  for (const group of grouped(ports)) {
    const [upTicks, ...values] = await reader.get([SYS_UP_TIME, ...group.flatMap(oidsOf)]);
    const at = now();
    let next = 0;
    for (const port of group) {
      const own = values.slice(next, next + columnsOf(port).length);
      next += own.length;
      const round = roundOf(port, typeof upTicks === 'number' ? upTicks : undefined, own, at);
      if (round === 'moved') moved.push(port);
      else if (round === 'unreadable') unreadable.push(port);
      else rounds.push(round);
    }
  }
  return { rounds, moved, unreadable };
}

function roundOf(
  port: WatchedPort,
  upTicks: number | undefined,
  [inOctets, outOctets, status, ...more]: readonly SnmpValue[],
  at: Date,
): PortRound | 'moved' | 'unreadable' {
  const known = identityColumn(port);
  if (known && identityFrom(known, more[0]) !== port.identity) return 'moved';
  const discontinuity = port.saysDiscontinuity ? more.at(-1) : undefined;
  const [incoming, outgoing] = [countOf(inOctets, port.counterBits), countOf(outOctets, port.counterBits)];
  if (upTicks === undefined || incoming === undefined || outgoing === undefined) return 'unreadable';
  const since = typeof discontinuity === 'number' ? { discontinuity } : {};
  const reading = { at, upTicks, bits: port.counterBits, inOctets: incoming, outOctets: outgoing, ...since };
  return { port, reading, link: status === UP };
}

function countOf(value: SnmpValue, bits: 32 | 64): bigint | undefined {
  if (bits === 64) return typeof value === 'bigint' ? value : undefined;
  return typeof value === 'number' && value >= 0 ? BigInt(value) : undefined;
}

/** From the customer's side: what the switch sends out of a port is what reaches the server. */
function columnsOf(port: WatchedPort): Column[] {
  const identity = identityColumn(port);
  return [
    ...(port.counterBits === 64 ? (['outOctets64', 'inOctets64'] as const) : (['outOctets', 'inOctets'] as const)),
    'operStatus',
    ...(identity ? [identity] : []),
    ...(port.saysDiscontinuity ? (['discontinuity'] as const) : []),
  ];
}

const oidsOf = (port: WatchedPort) => columnsOf(port).map((column) => cell(column, port.ifIndex));

function identityColumn({ identity }: WatchedPort): 'name' | 'descr' | 'alias' | undefined {
  return identity?.slice(0, identity.indexOf(':')) as 'name' | 'descr' | 'alias' | undefined;
}

function identityFrom(column: string, value: SnmpValue): string | undefined {
  return Buffer.isBuffer(value) ? `${column}:${cleanText(value)}` : undefined;
}

function grouped(ports: readonly WatchedPort[]): WatchedPort[][] {
  const groups: WatchedPort[][] = [];
  let room = 0;
  for (const port of ports) {
    const values = columnsOf(port).length;
    if (values > room) {
      groups.push([]);
      room = VALUES_A_GROUP;
    }
    groups.at(-1)?.push(port);
    room -= values;
  }
  return groups;
}
