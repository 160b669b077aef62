import { DateTime } from 'luxon';
import { z } from 'zod';
import type { Block } from '../../../rules/network/blocks.js';
import { blockOf, readBlock } from '../../../rules/network/blocks.js';
import {
  type PlannedPrefix,
  type PrefixPurpose,
  planPrefix,
  prefixPurposes,
} from '../../../rules/network/prefix-plan.js';
import { longText, typedText } from '../fields.js';

export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
  readonly about?: string;
}

const prefix = z.object({
  site: z.uuid(),
  purpose: z.enum(prefixPurposes),
  block: z.string().max(60),
  vlan: z.union([z.uuid(), z.literal('')]),
  gateway: z.string().max(60),
  reserved: longText(2_000),
  justification: longText(500),
});

export type PrefixForm = PlannedPrefix & {
  readonly siteId: string;
  readonly vlanId: string | null;
  readonly purpose: PrefixPurpose;
  readonly justification: string;
};

/** In the order they stand in the form. */
const fields = ['site', 'purpose', 'block', 'vlan', 'gateway', 'reserved', 'justification'];

/** A prefix as it was meant; or what is wrong with it, field by field. */
export function parsePrefix(body: unknown): { value: PrefixForm } | { wrong: readonly FieldProblem[] } {
  const parsed = prefix.safeParse(body ?? {});
  if (!parsed.success) {
    const names = new Set(parsed.error.issues.map(({ path }) => String(path[0])));
    return { wrong: fields.filter((field) => names.has(field)).map((field) => ({ field, problem: 'none' })) };
  }
  const { site, purpose, block, vlan, gateway, reserved, justification } = parsed.data;
  const listed = reserved.split(/[\s,;]+/).filter(Boolean);
  const planned = planPrefix({ block, purpose, gateway: purpose === 'shared' ? gateway.trim() : '', reserved: listed });
  const wrong: FieldProblem[] = 'block' in planned ? [] : [...planned];
  if (purpose === 'shared' && !vlan) wrong.push({ field: 'vlan', problem: 'none' });
  if (listed.length > 0 && justification.length < 3) wrong.push({ field: 'justification', problem: 'none' });
  if (wrong.length > 0 || !('block' in planned)) {
    return { wrong: wrong.sort((one, other) => fields.indexOf(one.field) - fields.indexOf(other.field)) };
  }
  const vlanId = purpose === 'shared' ? vlan : null;
  return { value: { ...planned, siteId: site, purpose, vlanId, justification } };
}

const reason = longText(500).pipe(z.string().min(3));

/** What shall be held back, and why. */
export function parseReservation(
  body: unknown,
): { value: { block: Block; justification: string } } | { wrong: readonly FieldProblem[] } {
  const typed = typedText(body);
  const read = readBlock(typed.block ?? '');
  const justification = reason.safeParse(typed.justification);
  const wrong = [
    ...(!read ? [{ field: 'block', problem: 'none' }] : []),
    ...(read && 'unaligned' in read ? [{ field: 'block', problem: 'unaligned' }] : []),
    ...(justification.success ? [] : [{ field: 'justification', problem: 'justification' }]),
  ];
  const block = blockOf(typed.block ?? '');
  if (wrong.length > 0 || !block || !justification.success) return { wrong };
  return { value: { block, justification: justification.data } };
}

export interface MomentFilter {
  /** As it was typed, where it is a time. */
  readonly typed: string;
  readonly moment: Date | undefined;
}

/** "Who held it then?": day and hour as the reader counts them; anything odd counts as not said. */
export function readMoment(asked: unknown, timeZone: string): MomentFilter {
  const typed = typeof asked === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(asked) ? asked : '';
  const read = DateTime.fromISO(typed, { zone: timeZone });
  return typed && read.isValid ? { typed, moment: read.toJSDate() } : { typed: '', moment: undefined };
}
