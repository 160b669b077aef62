import ipaddr from 'ipaddr.js';
import { type Block, overlaps, readBlock, within } from './blocks.js';

export const prefixPurposes = ['shared', 'routed', 'ipv6'] as const;
export type PrefixPurpose = (typeof prefixPurposes)[number];

/** A prefix as somebody typed it in. */
export interface PrefixPlan {
  readonly block: string;
  readonly purpose: PrefixPurpose;
  /** Empty where it has none. */
  readonly gateway: string;
  /** Single addresses or blocks that are never given out: routers, first-hop redundancy, monitoring. */
  readonly reserved: readonly string[];
}

export interface PlannedPrefix {
  readonly block: Block;
  readonly gateway: string | null;
  readonly reserved: readonly Block[];
}

export interface PlanProblem {
  readonly field: 'block' | 'gateway' | 'reserved';
  readonly problem: string;
  /** What it is about: the block that was perhaps meant, the address at fault. */
  readonly about?: string;
}

/** How long a prefix may be: the largest worth entering whole, and the smallest that still has something to give out. */
const lengths: Readonly<Record<PrefixPurpose, readonly [number, number]>> = {
  shared: [16, 30],
  routed: [16, 29],
  ipv6: [29, 64],
};

/** Never anybody's own (RFC 6890): these are refused, private and documentation ranges are not. */
const nobodys: readonly string[] = ['unspecified', 'broadcast', 'multicast', 'linkLocal', 'loopback', 'ipv4Mapped'];

/** Checks a new prefix for itself; whether it overlaps another one is the caller's to ask. */
export function planPrefix({ block, purpose, gateway, reserved }: PrefixPlan): PlannedPrefix | readonly PlanProblem[] {
  const read = readBlock(block);
  if (!read) return [{ field: 'block', problem: 'none' }];
  if ('unaligned' in read) return [{ field: 'block', problem: 'unaligned', about: read.unaligned }];
  const [longest, shortest] = lengths[purpose];
  const family = purpose === 'ipv6' ? 6 : 4;
  const [base = ''] = read.cidr.split('/');
  if (read.family !== family) return [{ field: 'block', problem: 'family' }];
  if (nobodys.includes(ipaddr.parse(base).range())) return [{ field: 'block', problem: 'nobodys' }];
  if (read.length < longest || read.length > shortest) {
    return [{ field: 'block', problem: 'length', about: `/${longest}–/${shortest}` }];
  }
  const blocks = reserved.map((typed) => ({ typed, block: readBlock(typed) }));
  const problems = [...gatewayProblem(read, purpose, gateway), ...reservedProblems(read, gateway, blocks)];
  if (problems.length > 0) return problems;
  return { block: read, gateway: gateway || null, reserved: blocks.map((each) => each.block as Block) };
}

function gatewayProblem(prefix: Block, purpose: PrefixPurpose, gateway: string): PlanProblem[] {
  if (purpose !== 'shared') return gateway ? [{ field: 'gateway', problem: 'unneeded' }] : [];
  const read = readBlock(gateway);
  if (!read || 'unaligned' in read || read.first + 1n !== read.end) return [{ field: 'gateway', problem: 'none' }];
  if (!within(read, prefix) || read.family !== prefix.family) return [{ field: 'gateway', problem: 'outside' }];
  const edge = read.first === prefix.first || read.end === prefix.end;
  return edge ? [{ field: 'gateway', problem: 'edge' }] : [];
}

function reservedProblems(
  prefix: Block,
  gateway: string,
  blocks: readonly { typed: string; block: ReturnType<typeof readBlock> }[],
): PlanProblem[] {
  const own = readBlock(gateway);
  const problem = (name: string, about: string): PlanProblem => ({ field: 'reserved', problem: name, about });
  for (const [index, { typed, block }] of blocks.entries()) {
    if (!block || 'unaligned' in block) return [problem('none', typed)];
    if (block.family !== prefix.family || !within(block, prefix)) return [problem('outside', typed)];
    if (prefix.family === 6 && block.length > 64) return [problem('tooSmall', typed)];
    if (own && 'cidr' in own && overlaps(own, block)) return [problem('gateway', typed)];
    const earlier = blocks
      .slice(0, index)
      .some((each) => each.block && 'cidr' in each.block && overlaps(each.block, block));
    if (earlier) return [problem('twice', typed)];
  }
  return [];
}
