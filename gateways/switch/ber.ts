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

/**
 * Reads one value after the other, and never beyond what it was given. What it stands at is in its fields: packets are
 * many.
 */
export class BerReader {
  tag = 0;
  /** Where the content of the last value begins; it ends at `at`. */
  from = 0;

  constructor(
    readonly octets: Buffer,
    public at = 0,
    readonly end = octets.length,
  ) {}

  get done(): boolean {
    return this.at >= this.end;
  }

  get length(): number {
    return this.at - this.from;
  }

  /** Goes behind the next value. */
  next(): void {
    const { octets, at } = this;
    const tag = octets[at];
    const first = octets[at + 1];
    if (tag === undefined || first === undefined || at + 2 > this.end) throw new Malformed('it ends too early');
    let length = first;
    let from = at + 2;
    if (first >= 0x80) {
      const more = first & 0x7f;
      if (more < 1 || more > 3 || from + more > this.end) throw new Malformed('a length is unreadable');
      length = octets.readUIntBE(from, more);
      from += more;
    }
    if (from + length > this.end) throw new Malformed('a value is longer than its packet');
    this.tag = tag;
    this.from = from;
    this.at = from + length;
  }

  /** Goes into the next value, which must be of this kind; where that ends. */
  enter(tag: number): number {
    this.next();
    if (this.tag !== tag) throw new Malformed(`0x${this.tag.toString(16)} stands where 0x${tag.toString(16)} belongs`);
    const end = this.at;
    this.at = this.from;
    return end;
  }

  /** The inside of the next value, which must be of this kind. */
  inside(tag: number): BerReader {
    const end = this.enter(tag);
    const inside = new BerReader(this.octets, this.at, end);
    this.at = end;
    return inside;
  }

  integer(): number {
    this.next();
    if (this.tag !== tags.integer || this.length < 1 || this.length > 5) throw new Malformed('a number is none');
    return this.octets.readIntBE(this.from, this.length);
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
