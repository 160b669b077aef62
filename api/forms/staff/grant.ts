import { z } from 'zod';
import { MOST_DAYS } from '../../../rules/billing/schedule-change.js';
import { longText, wholeNumber, wrongFields } from '../fields.js';

const fields = ['days', 'reason', 'from'] as const;
export type GrantField = (typeof fields)[number];

export const grantFields = {
  days: wholeNumber({ min: 1, max: MOST_DAYS }),
  reason: longText(500).pipe(z.string().min(3)),
};

const grantForm = z.object({
  ...grantFields,
  /** When the next try stood, where whoever grants looked. */
  from: z.iso.datetime(),
});

/** How many days more, why, and from when; or the fields that were filled in wrongly. */
export function parseGrant(body: unknown): { value: z.infer<typeof grantForm> } | { wrong: GrantField[] } {
  const parsed = grantForm.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
