import { type SwitchReader, VALUES_A_REQUEST } from '../../gateways/switch/reader.js';
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

/** Ports that are asked for in one request, with the device's clock in front. */
export interface PortGroup<Port extends WatchedPort> {
  readonly oids: readonly string[];
  readonly ports: readonly AskedPort<Port>[];
}

interface AskedPort<Port> {
  readonly port: Port;
  readonly columns: readonly Column[];
  /** The words by which it was last recognised, as they came. */
  words?: Buffer;
}

export interface PortRound<Port> {
  readonly port: Port;
  readonly reading: Reading;
  readonly link: boolean;
}

export interface CounterRound<Port> {
  readonly rounds: readonly PortRound<Port>[];
  /** How many ports have something else in their place: the table of interfaces is to be read anew. */
  readonly moved: number;
  /** How many ports said something that is no value. */
  readonly unreadable: number;
}

/** Made once for many rounds: each group fills a request of the usual size. */
export function groupsOf<Port extends WatchedPort>(ports: readonly Port[]): PortGroup<Port>[] {
  const groups: { oids: string[]; ports: AskedPort<Port>[] }[] = [];
  for (const port of ports) {
    const columns = columnsOf(port);
    let group = groups.at(-1);
    if (!group || group.oids.length + columns.length > VALUES_A_REQUEST) {
      group = { oids: [SYS_UP_TIME], ports: [] };
      groups.push(group);
    }
    group.oids.push(...columns.map((column) => cell(column, port.ifIndex)));
    group.ports.push({ port, columns });
  }
  return groups;
}

/** The counters of all these ports, asked for by name. */
export async function readCounters<Port extends WatchedPort>(
  reader: SwitchReader,
  groups: readonly PortGroup<Port>[],
  now: () => Date,
): Promise<CounterRound<Port>> {
  const rounds: PortRound<Port>[] = [];
  let [moved, unreadable] = [0, 0];
  for (const { oids, ports } of groups) {
    const values = await reader.get(oids);
    const [at, upTicks] = [now(), values[0]];
    let from = 1;
    for (const asked of ports) {
      const round = roundOf(asked, typeof upTicks === 'number' ? upTicks : undefined, values, from, at);
      from += asked.columns.length;
      if (round === 'moved') moved++;
      else if (round === 'unreadable') unreadable++;
      else rounds.push(round);
    }
  }
  return { rounds, moved, unreadable };
}

function roundOf<Port extends WatchedPort>(
  asked: AskedPort<Port>,
  upTicks: number | undefined,
  values: readonly SnmpValue[],
  from: number,
  at: Date,
): PortRound<Port> | 'moved' | 'unreadable' {
  const { port } = asked;
  const { counterBits: bits } = port;
  if (port.identity !== undefined && !isRecognised(asked, values[from + 3])) return 'moved';
  const [inOctets, outOctets] = [countOf(values[from], bits), countOf(values[from + 1], bits)];
  if (upTicks === undefined || inOctets === undefined || outOctets === undefined) return 'unreadable';
  const last = port.saysDiscontinuity ? values[from + asked.columns.length - 1] : undefined;
  const reading = { at, upTicks, bits, inOctets, outOctets };
  const link = values[from + 2] === UP;
  return { port, reading: typeof last === 'number' ? { ...reading, discontinuity: last } : reading, link };
}

function countOf(value: SnmpValue, bits: 32 | 64): bigint | undefined {
  if (bits === 64) return typeof value === 'bigint' ? value : undefined;
  return typeof value === 'number' && value >= 0 ? BigInt(value) : undefined;
}

/**
 * From the customer's side: what the switch sends out of a port is what reaches the server. The identity stands fourth.
 */
function columnsOf(port: WatchedPort): Column[] {
  const identity = identityColumn(port);
  return [
    ...(port.counterBits === 64 ? (['outOctets64', 'inOctets64'] as const) : (['outOctets', 'inOctets'] as const)),
    'operStatus',
    ...(identity ? [identity] : []),
    ...(port.saysDiscontinuity ? (['discontinuity'] as const) : []),
  ];
}

function identityColumn({ identity }: WatchedPort): 'name' | 'descr' | 'alias' | undefined {
  return identity?.slice(0, identity.indexOf(':')) as 'name' | 'descr' | 'alias' | undefined;
}

/** The same octets as the last time need no second look. */
function isRecognised<Port extends WatchedPort>(asked: AskedPort<Port>, value: SnmpValue): boolean {
  if (!Buffer.isBuffer(value)) return false;
  if (asked.words?.equals(value)) return true;
  if (`${identityColumn(asked.port)}:${cleanText(value)}` !== asked.port.identity) return false;
  asked.words = Buffer.from(value); // its own octets: the packet they came in may go
  return true;
}
