import { spanOf } from './blocks.js';
import type { PrefixPurpose } from './prefix-plan.js';

/** A prefix and how much of it is what: single addresses of IPv4, networks of 64 bits of IPv6. */
export interface PrefixUse {
  readonly block: string;
  readonly purpose: PrefixPurpose;
  readonly gateway: string | null;
  readonly assigned: number;
  readonly reserved: number;
  /** Given back not long ago. */
  readonly resting: number;
}

export interface Utilisation {
  /** What could be given out: without network, broadcast and gateway addresses where they are no customer's. */
  readonly capacity: number;
  readonly free: number;
  /** Assigned and reserved of the capacity, as registries ask for it: whole per mille. */
  readonly perMille: number;
}

export function capacityOf({ block, purpose }: Pick<PrefixUse, 'block' | 'purpose'>): number {
  const { first, end } = spanOf(block);
  if (purpose === 'ipv6') return Number((end - first) >> 64n);
  const addresses = Number(end - first);
  return purpose === 'shared' ? addresses - 3 : addresses;
}

export function utilisationOf(use: PrefixUse): Utilisation {
  const capacity = capacityOf(use);
  const used = Math.min(capacity, use.assigned + use.reserved);
  const free = Math.max(0, capacity - use.assigned - use.reserved - use.resting);
  return { capacity, free, perMille: capacity > 0 ? Math.round((used * 1_000) / capacity) : 0 };
}
