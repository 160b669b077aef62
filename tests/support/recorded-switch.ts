import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { BerReader, encoded, encodedInteger, encodedOid, oidText, tags } from '../../gateways/switch/ber.js';

/** One line of a recording: `OID|TYPE|VALUE`, the type with an `x` where the value is in hex. */
export interface RecordedValue {
  readonly oid: string;
  readonly type: number;
  readonly text: string;
  /** As it goes over the wire, tag and length included. */
  readonly octets: Buffer;
}

export interface Misbehaviour {
  /** Larger answers are refused as "too big". */
  mostBytes?: number;
  /** No answer holds more values. */
  mostValues?: number;
  /** Does not answer so many times. */
  silent?: number;
  /** Sends each answer twice. */
  twice?: boolean;
  /** Values that it sends in another form than it should. */
  garbled?: ReadonlyMap<string, Buffer>;
  /** Walks lead back to the first row. */
  circles?: boolean;
}

const types: Readonly<Record<number, number>> = { 65: 0x41, 66: 0x42, 67: 0x43, 70: 0x46 };

export function recordedValues(text: string): RecordedValue[] {
  const values = text
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => {
      const [oid = '', type = '', ...rest] = line.split('|');
      return recorded(oid, Number.parseInt(type, 10), rest.join('|'), type.endsWith('x'));
    });
  return values.sort((one, other) => inOrder(one.oid, other.oid));
}

export function recorded(oid: string, type: number, text: string, hex = false): RecordedValue {
  return { oid, type, text, octets: octetsOf(type, text, hex) };
}

function octetsOf(type: number, text: string, hex: boolean): Buffer {
  if (type === 4) return encoded(tags.octets, Buffer.from(text, hex ? 'hex' : 'latin1'));
  if (type === 6) return encodedOid(text);
  if (type === 64) return encoded(0x40, Buffer.from(hex ? text : '00000000', 'hex'));
  if (type === 2) return encodedInteger(Number(text));
  const digits = Buffer.alloc(8);
  digits.writeBigUInt64BE(BigInt(text));
  const from = Math.min(
    7,
    digits.findIndex((octet) => octet !== 0),
  );
  const content = digits.subarray(from < 0 ? 7 : from);
  return encoded(types[type] ?? tags.null, (content[0] ?? 0) & 0x80 ? Buffer.from([0]) : Buffer.alloc(0), content);
}

/** A switch that says what was recorded of another, on a free UDP port; `misbehaviour` may be changed while it runs. */
export async function startRecordedSwitch(values: readonly RecordedValue[], misbehaviour: Misbehaviour = {}) {
  let rows = [...values];
  let byOid = new Map(rows.map((value) => [value.oid, value]));
  const socket = createSocket('udp4');
  let requests = 0;
  socket.on('message', (packet, from) => {
    requests++;
    if (misbehaviour.silent && misbehaviour.silent-- > 0) return;
    const answer = answerTo(packet);
    for (let times = misbehaviour.twice ? 2 : 1; times > 0; times--) socket.send(answer, from.port, from.address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    misbehaviour,
    get requests() {
      return requests;
    },
    /** From now on it says this, and nothing of what it said before. */
    says(all: readonly RecordedValue[]): void {
      rows = [...all].sort((one, other) => inOrder(one.oid, other.oid));
      byOid = new Map(rows.map((value) => [value.oid, value]));
    },
    close: () => new Promise<void>((resolve) => socket.close(() => resolve())),
  };

  function answerTo(packet: Buffer): Buffer {
    const message = new BerReader(packet).inside(tags.sequence);
    message.integer();
    message.next();
    const community = packet.subarray(message.from, message.at);
    message.next();
    const { tag } = message;
    const pdu = new BerReader(packet, message.from, message.at);
    const [id, , most] = [pdu.integer(), pdu.integer(), pdu.integer()];
    const asked = oidsIn(pdu.inside(tags.sequence));
    const found = tag === tags.getBulk ? following(asked[0] ?? '', most) : asked.map(valueAt);
    const answer = (status: number, given: readonly Buffer[]) => {
      const numbers = [encodedInteger(id), encodedInteger(status), encodedInteger(0)];
      const pdu = encoded(tags.response, ...numbers, encoded(tags.sequence, ...given));
      return encoded(tags.sequence, encodedInteger(1), encoded(tags.octets, community), pdu);
    };
    const full = answer(0, found.slice(0, misbehaviour.mostValues));
    return full.length > (misbehaviour.mostBytes ?? 65_000) ? answer(1, []) : full;
  }

  function valueAt(oid: string): Buffer {
    const value = misbehaviour.garbled?.get(oid) ?? byOid.get(oid)?.octets ?? encoded(0x81);
    return encoded(tags.sequence, encodedOid(oid), value);
  }

  function following(oid: string, most: number): Buffer[] {
    const begin = misbehaviour.circles ? oid.split('.').slice(0, -1).join('.') : oid;
    const next = rows.findIndex((value) => inOrder(value.oid, begin) > 0);
    if (next < 0) return [encoded(tags.sequence, encodedOid(oid), encoded(0x82))];
    return rows.slice(next, next + most).map((value) => valueAt(value.oid));
  }
}

function oidsIn(rows: BerReader): string[] {
  const oids: string[] = [];
  while (!rows.done) {
    const row = rows.inside(tags.sequence);
    row.next();
    oids.push(oidText(rows.octets, row.from, row.at));
  }
  return oids;
}

function inOrder(one: string, other: string): number {
  const [left, right] = [one.split('.').map(Number), other.split('.').map(Number)];
  for (const [index, arc] of left.entries()) if (arc !== right[index]) return arc - (right[index] ?? -1);
  return left.length - right.length;
}
