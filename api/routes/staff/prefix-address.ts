import { NotFoundError } from 'objection';
import { type PrefixRow, prefixNamed } from '../../../models/network/prefix-search.js';
import { blockOf } from '../../../rules/network/blocks.js';
import type { PathRequest } from '../../routing.js';

/** `203.0.113.0-25` in an address means 203.0.113.0/25. */
export async function prefixOf({ block = '' }: PathRequest['params'], now: Date): Promise<PrefixRow> {
  const meant = blockOf(block.replace(/-(\d+)$/, '/$1'));
  const prefix = meant && (await prefixNamed(meant.cidr, now));
  if (!prefix) throw new NotFoundError({});
  return prefix;
}
