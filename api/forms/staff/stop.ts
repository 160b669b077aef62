import { z } from 'zod';
import { stopKinds } from '../../../rules/durable/stops.js';
import { longText, wrongFields } from '../fields.js';

const fields = ['kind', 'reason'] as const;

const stopForm = z.object({
  kind: z.enum(stopKinds),
  reason: longText(500).pipe(z.string().min(1)),
});

export type StopForm = z.infer<typeof stopForm>;
export type StopField = (typeof fields)[number];

/** What is stopped, and why; or the fields that were filled in wrongly. */
export function parseStop(body: unknown): { value: StopForm } | { wrong: StopField[] } {
  const parsed = stopForm.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
