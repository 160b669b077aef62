import { BerReader, encoded, encodedInteger, encodedOid, Malformed, oidText, tags } from './ber.js';

/**
 * A number or octets as the device says; `undefined` where it has no such value, `null` where what it says is
 * unreadable.
 */
export type SnmpValue = number | bigint | Buffer | undefined | null;

export interface SnmpRow {
  readonly oid: string;
  readonly value: SnmpValue;
}

export interface SnmpRequest {
  readonly octets: Buffer;
  /** As they stand in it, in order. */
  readonly oids: readonly Buffer[];
  /** Where its number stands, in four octets. */
  readonly idAt: number;
}

export interface SnmpAnswer {
  readonly id: number;
  /** RFC 3416 §3: 0 is well, 1 is "too big". */
  readonly status: number;
  /** Which value the status is about, from 1. */
  readonly index: number;
  readonly rows: BerReader;
}

const VERSION_2C = 1;
const empty = encoded(tags.null);
/** The same values are asked for each minute, in the same words but for the request's number. */
const kept = new WeakMap<readonly string[], { community: string; request: SnmpRequest }>();

/** Asks for these values. One list of names makes one request, which is given out again under another number. */
export function getRequest(community: string, id: number, oids: readonly string[]): SnmpRequest {
  const known = kept.get(oids);
  if (known?.community === community) return numbered(known.request, id);
  const made = request(tags.get, community, [0, 0], oids);
  kept.set(oids, { community, request: made });
  return numbered(made, id);
}

/** As many rows as this behind the name. */
export function bulkRequest(community: string, id: number, oid: string, rows: number): SnmpRequest {
  return numbered(request(tags.getBulk, community, [0, rows], [oid]), id);
}

function request(
  kind: number,
  community: string,
  [second, third]: readonly [number, number],
  texts: readonly string[],
): SnmpRequest {
  const oids = texts.map(encodedOid);
  const rows = encoded(tags.sequence, ...oids.map((oid) => encoded(tags.sequence, oid, empty)));
  const numbers = [encodedInteger(0), encodedInteger(second), encodedInteger(third)];
  const words = encoded(tags.octets, Buffer.from(community));
  const octets = encoded(tags.sequence, encodedInteger(VERSION_2C), words, encoded(kind, ...numbers, rows));
  const behind = numbers.reduce((sum, number) => sum + number.length, rows.length);
  return { octets, oids, idAt: octets.length - behind + 2 };
}

function numbered(made: SnmpRequest, id: number): SnmpRequest {
  made.octets.writeInt32BE(id, made.idAt);
  return made;
}

/** The envelope of an answer; its rows are read when somebody waits for them. Throws `Malformed`. */
export function answerIn(packet: Buffer): SnmpAnswer {
  const message = new BerReader(packet).inside(tags.sequence);
  if (message.integer() !== VERSION_2C) throw new Malformed('it is of another version');
  message.next(); // the community: who may answer is decided by where the packet came from and its number
  const body = message.inside(tags.response);
  const [id, status, index] = [body.integer(), body.integer(), body.integer()];
  return { id, status, index, rows: body.inside(tags.sequence) };
}

/** The values of the asked OIDs, as far as the answer goes: a device may give fewer than it was asked for. */
export function valuesOf({ rows }: SnmpAnswer, { oids }: SnmpRequest): SnmpValue[] {
  const values: SnmpValue[] = [];
  while (!rows.done && values.length < oids.length) {
    const end = rows.enter(tags.sequence);
    const name = rows.at;
    rows.next();
    const asked = oids[values.length]?.compare(rows.octets, name, rows.at) === 0;
    const value = valueIn(rows, end);
    values.push(asked ? value : null);
  }
  return values;
}

export function rowsOf({ rows }: SnmpAnswer): SnmpRow[] {
  const found: SnmpRow[] = [];
  while (!rows.done) {
    const end = rows.enter(tags.sequence);
    rows.next();
    if (rows.tag !== tags.oid) throw new Malformed('a row has no name');
    const oid = oidText(rows.octets, rows.from, rows.at);
    found.push({ oid, value: valueIn(rows, end) });
  }
  return found;
}

/** RFC 3416 §3 gives "no such object", "no such instance" and "end of the view" tags of their own. */
const absent = [0x80, 0x81, 0x82];

/** The last value of a row that ends there. */
function valueIn(row: BerReader, end: number): SnmpValue {
  row.next();
  if (row.at !== end) throw new Malformed('a row holds more or less than a name and a value');
  const { tag, octets, from, length } = row;
  switch (tag) {
    case tags.integer:
      return length >= 1 && length <= 5 ? octets.readIntBE(from, length) : null;
    case tags.counter32:
    case tags.gauge32:
    case tags.timeTicks:
      return length <= 5 ? unsigned32(octets, from, length) : null;
    case tags.counter64:
      return length <= 9 ? unsigned64(octets, from, row.at) : null;
    case tags.octets:
      return octets.subarray(from, row.at);
    default:
      return absent.includes(tag) ? undefined : null;
  }
}

/** Some devices send numbers of no octets for nought, and some forget the sign's octet. */
function unsigned32(octets: Buffer, from: number, length: number): number | null {
  const value = length === 0 ? 0 : octets.readUIntBE(from, length);
  return value < 2 ** 32 ? value : null;
}

function unsigned64(octets: Buffer, from: number, to: number): bigint | null {
  const length = to - from;
  if (length === 9 && octets[from] !== 0) return null;
  if (length <= 6) return BigInt(length === 0 ? 0 : octets.readUIntBE(from, length));
  const start = to - Math.min(8, length);
  const high = octets.readUIntBE(start, to - 4 - start);
  return (BigInt(high) << 32n) | BigInt(octets.readUInt32BE(to - 4));
}
