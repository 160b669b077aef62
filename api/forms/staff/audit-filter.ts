import { z } from 'zod';
import type { CalendarDay } from '../../../rules/calendar.js';
import { dayAsked } from '../narrowing.js';

export interface AuditFilter {
  /** A customer's number. */
  readonly customer: string;
  readonly action: string;
  readonly from: CalendarDay;
  /** The last day shown. */
  readonly until: CalendarDay;
}

const action = z
  .string()
  .trim()
  .regex(/^[a-z_.]{1,60}$/);
const customer = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9-]{1,30}$/);

/** What the address asks for beside the list's own wishes; anything odd counts as not said. */
export function readAuditFilter(asked: Readonly<Record<string, unknown>>): AuditFilter {
  const said = (kind: z.ZodType<string>, name: string) => kind.safeParse(asked[name]).data ?? '';
  return {
    customer: said(customer, 'customer'),
    action: said(action, 'action'),
    from: dayAsked(asked, 'from'),
    until: dayAsked(asked, 'until'),
  };
}
