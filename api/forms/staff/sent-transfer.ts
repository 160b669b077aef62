import { z } from 'zod';
import type { SentTransfer } from '../../../models/billing/hand-refund.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import { wrongFields } from '../fields.js';
import { bankReference, recentDay } from './transfer.js';

const fields = ['sentOn', 'reference'] as const;
export type SentTransferField = (typeof fields)[number];

/** A transfer that staff sent to a customer, not before it was owed (`since`) and by `today`; or the fields that were filled in wrongly. */
export function parseSentTransfer(
  body: unknown,
  { since, today }: { readonly since: CalendarDay; readonly today: CalendarDay },
): { value: SentTransfer } | { wrong: SentTransferField[] } {
  const parsed = z.object({ sentOn: recentDay(today, since), reference: bankReference }).safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
