/** What stands on the wire is not what the standard says; the packet is worth nothing. */
export class Malformed extends Error {
  override name = 'Malformed';
}

/** Tags of X.690 and of SNMP's own types (RFC 2578 §7.1, RFC 3416 §3). */
export const tags = {
  integer: 0x02,
  octets: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
  counter32: 0x41,
  gauge32: 0x42,
  timeTicks: 0x43,
  counter64: 0x46,
  get: 0xa0,
  response: 0xa2,
  getBulk: 0xa5,
} as const;

/** One value with its tag and length in front. */
export function encoded(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head =
    length < 0x80 ? [tag, length] : length < 0x100 ? [tag, 0x81, length] : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

/** A number of up to 32 bits, in four octets: its place in the packet can be written over. */
export function encodedInteger(value: number): Buffer {
  const content = Buffer.alloc(4);
  content.writeInt32BE(value);
  return encoded(tags.integer, content);
}

export function encodedOid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number);
  const octets = [first * 40 + second];
  for (const arc of rest) {
    const groups = [arc & 0x7f];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) groups.unshift((left % 128) | 0x80);
    octets.push(...groups);
  }
  return encoded(tags.oid, Buffer.from(octets));
}

/** Reads one value after the other, and never beyond what it was given. */
export class BerReader {
  constructor(
    readonly octets: Buffer,
    public at = 0,
    readonly end = octets.length,
  ) {}

  get done(): boolean {
    return this.at >= this.end;
  }

  /** The next value: its tag, and where its content stands. Whoever reads goes on behind it. */
  next(): { tag: number; from: number; to: number } {
    const { octets } = this;
    const tag = octets[this.at];
    let length = octets[this.at + 1];
    if (tag === undefined || length === undefined || this.at + 2 > this.end) throw new Malformed('it ends too early');
    let from = this.at + 2;
    if (length >= 0x80) {
      const more = length & 0x7f;
      if (more < 1 || more > 3 || from + more > this.end) throw new Malformed('a length is unreadable');
      length = octets.readUIntBE(from, more);
      from += more;
    }
    const to = from + length;
    if (to > this.end) throw new Malformed('a value is longer than its packet');
    this.at = to;
    return { tag, from, to };
  }

  /** The inside of the next value, which must be of this kind. */
  inside(tag: number): BerReader {
    const { tag: found, from, to } = this.next();
    if (found !== tag) throw new Malformed(`0x${found.toString(16)} stands where 0x${tag.toString(16)} belongs`);
    return new BerReader(this.octets, from, to);
  }

  integer(): number {
    const { tag, from, to } = this.next();
    if (tag !== tags.integer || to - from < 1 || to - from > 5) throw new Malformed('a number is none');
    return this.octets.readIntBE(from, to - from);
  }
}

export function oidText(octets: Buffer, from: number, to: number): string {
  const first = octets[from] ?? 0;
  const arcs = [Math.min(2, Math.floor(first / 40)), first - Math.min(2, Math.floor(first / 40)) * 40];
  let arc = 0;
  for (let at = from + 1; at < to; at++) {
    const octet = octets[at] ?? 0;
    arc = arc * 128 + (octet & 0x7f);
    if (octet < 0x80) {
      arcs.push(arc);
      arc = 0;
    }
  }
  return arcs.join('.');
}
