import ipaddr from 'ipaddr.js';
import { addressOf, spanOf } from './blocks.js';

export interface FreeBlockQuestion {
  /** The prefix to cut from, as CIDR. */
  readonly prefix: string;
  /** Length of the wanted block: 32 for one IPv4 address, 64 for a server's IPv6 network. */
  readonly length: number;
  /** Blocks that are in use, rest in quarantine, or belong to the network itself, as CIDR or single addresses. */
  readonly taken: readonly string[];
}

/**
 * The first free block of that length, aligned to its own size; nothing where the prefix is full. Single addresses of a
 * shared IPv4 prefix leave out its network and broadcast addresses (RFC 1122 §3.2.1.3).
 */
export function firstFreeBlock({ prefix, length, taken }: FreeBlockQuestion): string | undefined {
  const whole = spanOf(prefix);
  const bits = ipaddr.parse(prefix.split('/')[0] ?? '').kind() === 'ipv4' ? 32 : 128;
  const size = 1n << BigInt(bits - length);
  const single = bits === 32 && length === 32;
  const end = single ? whole.end - 1n : whole.end;
  const busy = taken.map(spanOf).sort((one, other) => (one.first < other.first ? -1 : 1));
  let first = single ? whole.first + 1n : whole.first;
  for (const span of busy) {
    if (span.first >= first + size) break;
    if (span.end > first) first = alignedUp(span.end, size);
  }
  return first + size <= end ? `${addressOf(first, bits)}/${length}` : undefined;
}

/** The gateway's and the server's addresses inside a routed block: its first and second usable ones. */
export function hostsOfBlock(block: string): { gateway: string; server: string } {
  const bits = ipaddr.parse(block.split('/')[0] ?? '').kind() === 'ipv4' ? 32 : 128;
  const { first } = spanOf(block);
  return { gateway: addressOf(first + 1n, bits), server: addressOf(first + 2n, bits) };
}

function alignedUp(value: bigint, size: bigint): bigint {
  return ((value + size - 1n) / size) * size;
}
