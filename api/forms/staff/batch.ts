import { z } from 'zod';
import { BATCH_LIMIT, type BatchAct, batchActs } from '../../../rules/billing/batch-selection.js';
import { wrongFields } from '../fields.js';
import { grantFields } from './grant.js';
import { parseWriteOff } from './write-off.js';

const number = /^[A-Z]{1,8}-\d{4}-\d{6,9}$/;

/** Of a preview: what to do, and with which where not with all that match. Anything odd counts as not said. */
export function readBatchWish(asked: Readonly<Record<string, unknown>>) {
  const picked = [asked.pick].flat().filter((each): each is string => typeof each === 'string' && number.test(each));
  return { act: batchActs.find((act) => act === asked.act) ?? 'retry', picked: picked.slice(0, BATCH_LIMIT) };
}

const batchForm = z.object({
  /** Drawn by the preview. */
  batch: z.uuid(),
  act: z.enum(batchActs),
  numbers: z
    .string()
    .transform((typed) => typed.split(','))
    .pipe(z.array(z.string().regex(number)).min(1).max(BATCH_LIMIT)),
});

const fields = ['days', 'reason', 'confirmed'] as const;
export type BatchField = (typeof fields)[number];

/** Why, and how many days, where the act asks for that; or the fields that were filled in wrongly. */
export function parseBatchDetails(
  act: BatchAct,
  body: unknown,
): { value: { reason: string | null; days: number | null } } | { wrong: BatchField[] } {
  if (act === 'write_off') {
    const loss = parseWriteOff(body);
    return 'wrong' in loss ? loss : { value: { ...loss.value, days: null } };
  }
  if (act !== 'grant') return { value: { reason: null, days: null } };
  const parsed = z.object(grantFields).safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}

/** The set that the preview showed, no other; nothing where the form does not say it as ours does. */
export function parseBatch(body: unknown): z.infer<typeof batchForm> | undefined {
  return batchForm.safeParse(body ?? {}).data;
}
