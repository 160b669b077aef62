import { hostsOfBlock } from './subnets.js';

/** Addresses that a service holds, with the prefix they were cut from. */
export interface HeldBlock {
  readonly block: string;
  readonly role: 'primary' | 'routed' | 'ipv6';
  readonly prefix: { readonly block: string; readonly gateway: string | null };
}

export interface HostAddress {
  /** The server's own, without a length. */
  readonly address: string;
  readonly length: number;
  readonly gateway: string;
}

/** A single address lives in its shared prefix and uses that one's gateway; a block of one's own begins with its gateway. */
export function hostAddress({ block, role, prefix }: HeldBlock): HostAddress {
  if (role === 'primary' && prefix.gateway !== null) {
    return { address: bare(block), length: lengthOf(prefix.block), gateway: bare(prefix.gateway) };
  }
  const { gateway, server } = hostsOfBlock(block);
  return { address: server, length: lengthOf(block), gateway };
}

/** The IPv4 address that a server is known by. */
export function primaryAddress(held: readonly HeldBlock[]): string | undefined {
  const block = held.find(({ role }) => role !== 'ipv6');
  return block && hostAddress(block).address;
}

const bare = (block: string) => block.split('/')[0] ?? block;
const lengthOf = (block: string) => Number(block.split('/')[1]);
