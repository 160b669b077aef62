import { BerReader, encoded, encodedInteger, encodedOid, Malformed, oidText, tags } from './ber.js';

/** A number or octets as the device says; `undefined` where it has no such value, `null` where what it says is unreadable. */
export type SnmpValue = number | bigint | Buffer | undefined | null;

export interface SnmpRow {
  readonly oid: string;
  readonly value: SnmpValue;
}

/** A request whose number is still to be written into it. */
export interface SnmpRequest {
  readonly octets: Buffer;
  readonly oids: readonly Buffer[];
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
const known = new Map<string, Buffer>();
const MOST_KNOWN = 200_000;

/** The same few columns of the same ports are asked for each minute: their words are kept. */
function oidOf(text: string): Buffer {
  const kept = known.get(text);
  if (kept) return kept;
  const made = encodedOid(text);
  if (known.size < MOST_KNOWN) known.set(text, made);
  return made;
}

export function getRequest(community: string, id: number, oids: readonly string[]): SnmpRequest {
  return request(tags.get, community, id, [0, 0], oids);
}

/** As many rows as this behind each of the OIDs. */
export function bulkRequest(community: string, id: number, oids: readonly string[], rows: number): SnmpRequest {
  return request(tags.getBulk, community, id, [0, rows], oids);
}

function request(
  kind: number,
  community: string,
  id: number,
  [second, third]: readonly [number, number],
  texts: readonly string[],
): SnmpRequest {
  const oids = texts.map(oidOf);
  const rows = encoded(tags.sequence, ...oids.map((oid) => encoded(tags.sequence, oid, empty)));
  const body = encoded(kind, encodedInteger(id), encodedInteger(second), encodedInteger(third), rows);
  const words = encoded(tags.octets, Buffer.from(community));
  return { octets: encoded(tags.sequence, encodedInteger(VERSION_2C), words, body), oids };
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
  const { octets } = rows;
  while (!rows.done && values.length < oids.length) {
    const row = rows.inside(tags.sequence);
    const oid = oids[values.length] as Buffer;
    const from = row.at;
    row.next();
    const asked = oid.compare(octets, from, row.at) === 0;
    values.push(asked ? valueIn(row) : null);
  }
  return values;
}

export function rowsOf({ rows }: SnmpAnswer): SnmpRow[] {
  const found: SnmpRow[] = [];
  while (!rows.done) {
    const row = rows.inside(tags.sequence);
    const { tag, from, to } = row.next();
    if (tag !== tags.oid) throw new Malformed('a row has no name');
    found.push({ oid: oidText(rows.octets, from, to), value: valueIn(row) });
  }
  return found;
}

/** RFC 3416 §3 gives "no such object", "no such instance" and "end of the view" tags of their own. */
const absent = [0x80, 0x81, 0x82];

function valueIn(row: BerReader): SnmpValue {
  const { tag, from, to } = row.next();
  const { octets } = row;
  const length = to - from;
  switch (tag) {
    case tags.integer:
      return length >= 1 && length <= 5 ? octets.readIntBE(from, length) : null;
    case tags.counter32:
    case tags.gauge32:
    case tags.timeTicks:
      return length <= 5 ? unsigned32(octets, from, length) : null;
    case tags.counter64:
      return length <= 9 ? unsigned64(octets, from, to) : null;
    case tags.octets:
      return octets.subarray(from, to);
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
