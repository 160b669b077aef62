import snmp from 'net-snmp';
import { type Device, isOperational, type Port, type Vlan } from './device.js';

export type Cell = number | string | Buffer;

export interface Column<Row> {
  readonly number: number;
  readonly type: snmp.ObjectType;
  readonly read: (row: Row) => Cell;
  /** The error that this value deserves, if any; asked before anything is set. */
  readonly refuses?: (value: Cell, row: Row) => snmp.ErrorStatus | undefined;
  /** Absent: the column is read-only. */
  readonly write?: (row: Row, value: Cell) => void;
}

export interface Table<Row> {
  readonly name: string;
  /** Of the entry, one below the table. */
  readonly oid: string;
  readonly rows: readonly Row[];
  readonly index: (row: Row) => number;
  readonly columns: readonly Column<Row>[];
}

const { Integer, OctetString, Gauge32, Counter32, Counter64, TimeTicks } = snmp.ObjectType;
const { WrongValue, WrongLength } = snmp.ErrorStatus;
const ETHERNET = 6;
const MAX_GAUGE = 4_294_967_295;

/** RFC 2863. */
function ifTable({ ports }: Device): Table<Port> {
  return {
    name: 'ifTable',
    oid: '1.3.6.1.2.1.2.2.1',
    rows: ports,
    index: ({ ifIndex }) => ifIndex,
    columns: [
      { number: 1, type: Integer, read: ({ ifIndex }) => ifIndex },
      { number: 2, type: OctetString, read: ({ bridgePort }) => `Ethernet1/0/${bridgePort}` },
      { number: 3, type: Integer, read: () => ETHERNET },
      { number: 4, type: Integer, read: () => 1500 },
      { number: 5, type: Gauge32, read: ({ speedMbit }) => Math.min(speedMbit * 1e6, MAX_GAUGE) },
      {
        number: 7,
        type: Integer,
        read: ({ up }) => (up ? 1 : 2),
        refuses: (value) => (value === 1 || value === 2 ? undefined : WrongValue),
        write: (port, value) => {
          port.up = value === 1;
        },
      },
      { number: 8, type: Integer, read: (port) => (isOperational(port) ? 1 : 2) },
      { number: 10, type: Counter32, read: ({ inOctets }) => Number(BigInt.asUintN(32, BigInt(inOctets))) },
      { number: 16, type: Counter32, read: ({ outOctets }) => Number(BigInt.asUintN(32, BigInt(outOctets))) },
    ],
  };
}

/** RFC 2863; its rows are those of ifTable. */
function ifXTable({ ports }: Device): Table<Port> {
  return {
    name: 'ifXTable',
    oid: '1.3.6.1.2.1.31.1.1.1',
    rows: ports,
    index: ({ ifIndex }) => ifIndex,
    columns: [
      { number: 1, type: OctetString, read: ({ bridgePort }) => `Et1/0/${bridgePort}` },
      { number: 6, type: Counter64, read: ({ inOctets }) => eightOctets(inOctets) },
      { number: 10, type: Counter64, read: ({ outOctets }) => eightOctets(outOctets) },
      { number: 15, type: Gauge32, read: ({ speedMbit }) => speedMbit },
      {
        number: 18,
        type: OctetString,
        read: ({ alias }) => Buffer.from(alias),
        refuses: (value) => (octets(value).length > 64 ? WrongLength : undefined),
        write: (port, value) => {
          port.alias = octets(value).toString('utf8');
        },
      },
      { number: 19, type: TimeTicks, read: () => 0 },
    ],
  };
}

/** RFC 4188. */
function basePortTable({ ports }: Device): Table<Port> {
  return {
    name: 'dot1dBasePortTable',
    oid: '1.3.6.1.2.1.17.1.4.1',
    rows: ports,
    index: ({ bridgePort }) => bridgePort,
    columns: [
      { number: 1, type: Integer, read: ({ bridgePort }) => bridgePort },
      { number: 2, type: Integer, read: ({ ifIndex }) => ifIndex },
    ],
  };
}

/** RFC 4363, its rows being those of dot1dBasePortTable. */
function portVlanTable({ ports, vlans }: Device): Table<Port> {
  return {
    name: 'dot1qPortVlanTable',
    oid: '1.3.6.1.2.1.17.7.1.4.5.1',
    rows: ports,
    index: ({ bridgePort }) => bridgePort,
    columns: [
      {
        number: 1,
        type: Gauge32,
        read: ({ pvid }) => pvid,
        refuses: (value) => (vlans.some(({ id }) => id === value) ? undefined : WrongValue),
        write: (port, value) => {
          port.pvid = Number(value);
        },
      },
    ],
  };
}

/** RFC 4363. */
function vlanStaticTable({ ports, vlans }: Device): Table<Vlan> {
  const length = Math.ceil(ports.length / 8);
  const list = (number: number, kind: 'egress' | 'untagged'): Column<Vlan> => ({
    number,
    type: OctetString,
    read: (vlan) => Buffer.from(vlan[kind], 'hex'),
    refuses: (value) => (octets(value).length === length ? undefined : WrongLength),
    write: (vlan, value) => {
      vlan[kind] = octets(value).toString('hex');
    },
  });
  return {
    name: 'dot1qVlanStaticTable',
    oid: '1.3.6.1.2.1.17.7.1.4.3.1',
    rows: vlans,
    index: ({ id }) => id,
    columns: [
      { number: 1, type: OctetString, read: ({ id }) => `vlan-${id}` },
      list(2, 'egress'),
      { number: 3, type: OctetString, read: () => Buffer.alloc(length) },
      list(4, 'untagged'),
      { number: 5, type: Integer, read: () => 1 },
    ],
  };
}

/** Everything in tables that the device says of itself; the rows' types end here. */
export function tablesOf(device: Device): Table<unknown>[] {
  const tables = [ifTable, ifXTable, basePortTable, portVlanTable, vlanStaticTable];
  return tables.map((table) => table(device) as Table<unknown>);
}

/** What arrives in a SET comes one character an octet (see agent.ts). */
function octets(value: Cell): Buffer {
  return Buffer.from(String(value), 'latin1');
}

function eightOctets(digits: string): Buffer {
  const cell = Buffer.alloc(8);
  cell.writeBigUInt64BE(BigInt(digits));
  return cell;
}
