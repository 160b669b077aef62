import ipaddr from 'ipaddr.js';

/** Half-open span of addresses as numbers: `first` up to, but without, `end`. */
export interface Span {
  readonly first: bigint;
  readonly end: bigint;
}

/** An address, or an aligned block of them, as it is written: `203.0.113.42`, `2001:db8:4a::/48`. */
export interface Block extends Span {
  readonly family: 4 | 6;
  readonly length: number;
  /** `203.0.113.42/32`, `2001:db8:4a::/48`. */
  readonly cidr: string;
  /** Without a length where it is a single address. */
  readonly text: string;
}

/**
 * Reads what a person typed: an address, or a block in CIDR (RFC 4632, RFC 4291 §2.3) whose address is its first. A
 * block with bits set behind its length is `unaligned`, with the block that was perhaps meant; nothing where it is neither.
 */
export function readBlock(typed: string): Block | { readonly unaligned: string } | undefined {
  const [, address = '', length] = typed.trim().match(/^([0-9a-fA-F:.]{2,45})(?:\/(\d{1,3}))?$/) ?? [];
  const four = ipaddr.IPv4.isValidFourPartDecimal(address);
  if (!four && !(address.includes(':') && ipaddr.IPv6.isValid(address))) return undefined;
  const bits = four ? 32 : 128;
  const long = length === undefined ? bits : Number(length);
  if (long > bits) return undefined;
  const given = numberOf(address);
  const { first, end } = spanOf(`${address}/${long}`);
  const cidr = `${addressOf(first, bits)}/${long}`;
  if (given !== first) return { unaligned: cidr };
  return { first, end, family: four ? 4 : 6, length: long, cidr, text: long === bits ? addressOf(first, bits) : cidr };
}

/** The block, where it is one that is well formed and aligned. */
export function blockOf(typed: string): Block | undefined {
  const read = readBlock(typed);
  return read && 'cidr' in read ? read : undefined;
}

/** What a block, or a single address, spans. */
export function spanOf(block: string): Span {
  const [base = '', length] = block.split('/');
  const bits = base.includes(':') ? 128 : 32;
  const size = 1n << BigInt(bits - Number(length ?? bits));
  const value = numberOf(base);
  const first = value - (value % size);
  return { first, end: first + size };
}

export function addressOf(value: bigint, bits: number): string {
  const bytes = Array.from({ length: bits / 8 }, (_, index) =>
    Number((value >> BigInt(bits - 8 * (index + 1))) & 255n),
  );
  return ipaddr.fromByteArray(bytes).toString();
}

export function within(inner: Span, outer: Span): boolean {
  return inner.first >= outer.first && inner.end <= outer.end;
}

export function overlaps(one: Span, other: Span): boolean {
  return one.first < other.end && other.first < one.end;
}

function numberOf(address: string): bigint {
  const bytes = ipaddr.parse(address).toByteArray();
  return bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
