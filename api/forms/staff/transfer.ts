import { z } from 'zod';
import type { Transfer } from '../../../models/billing/transfer.js';
import { readAmount } from '../../../rules/billing/typed-amount.js';
import { addDays, type CalendarDay } from '../../../rules/calendar.js';
import { text, tick, wrongFields } from '../fields.js';

const fields = ['amount', 'receivedOn', 'reference'] as const;
export type TransferField = (typeof fields)[number];

/** As long as a SEPA transfer's remittance information may be. */
export const bankReference = text({ min: 1, max: 140 });
/** Older ones are in the books of a closed year. */
const DAYS_BACK = 366;

/** A day by `today` and not before `oldest`: otherwise it is in the books of a closed year. */
export function recentDay(today: CalendarDay, oldest = addDays(today, -DAYS_BACK)) {
  return z.iso.date().refine((day) => day >= oldest && day <= today);
}

/** A transfer in the invoice's currency, received by `today`; or the fields that were filled in wrongly. */
export function parseTransfer(
  body: unknown,
  { currency, today }: { readonly currency: string; readonly today: CalendarDay },
): { value: Transfer } | { wrong: TransferField[] } {
  const form = z.object({
    amount: text({ min: 1, max: 20 }).transform((typed, context) => {
      const amount = readAmount(typed, currency);
      if (amount) return amount;
      context.addIssue('no amount');
      return z.NEVER;
    }),
    receivedOn: recentDay(today),
    reference: bankReference,
    asCredit: tick,
  });
  const parsed = form.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
