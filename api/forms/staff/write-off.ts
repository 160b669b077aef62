import { z } from 'zod';
import { longText, tick, wrongFields } from '../fields.js';

const fields = ['reason', 'confirmed'] as const;
export type WriteOffField = (typeof fields)[number];

const writeOffForm = z.object({
  reason: longText(500).pipe(z.string().min(3)),
  confirmed: tick.refine((read) => read),
});

/** Why it is given up; or the fields that were filled in wrongly. */
export function parseWriteOff(body: unknown): { value: { reason: string } } | { wrong: WriteOffField[] } {
  const parsed = writeOffForm.safeParse(body ?? {});
  return parsed.success ? { value: { reason: parsed.data.reason } } : { wrong: wrongFields(parsed.error, fields) };
}
