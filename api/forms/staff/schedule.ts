import { z } from 'zod';
import { hourIn, startOfDay } from '../../../rules/calendar.js';
import type { ScheduleChange } from '../../../workflows/messages/desk.js';
import { wrongFields } from '../fields.js';

const fields = ['card', 'at', 'until'] as const;
export type ScheduleField = (typeof fields)[number];

/** When the card is tried next, or until when none is, in the time zone of who says it; or the fields that were filled in wrongly. */
export function parseSchedule(body: unknown, timeZone: string): { value: ScheduleChange } | { wrong: ScheduleField[] } {
  const hour = z.string().transform((typed, context) => {
    const at = hourIn(typed, timeZone);
    if (at) return at.toISOString();
    context.addIssue('no hour');
    return z.NEVER;
  });
  const day = z.iso.date().transform((typed) => startOfDay(typed, timeZone).toISOString());
  const form = z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('at'), card: z.uuid(), at: hour }),
    z.object({ kind: z.literal('hold'), until: day }),
  ]);
  const parsed = form.safeParse(body ?? {});
  if (!parsed.success) {
    const wrong = wrongFields(parsed.error, fields);
    return { wrong: wrong.length > 0 ? wrong : ['at'] };
  }
  const { data } = parsed;
  if (data.kind === 'hold') return { value: data };
  return { value: { kind: 'at', at: data.at, paymentMethodId: data.card } };
}
