import type { Response } from 'express';
import { invoiceNumbered, storyOf } from '../../../models/billing/invoice-story.js';
import { WriteOff } from '../../../models/billing/write-off.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { type DeskOutcome, presentDesk } from '../../presenters/staff/payment-desk.js';
import type { PathRequest } from '../../routing.js';

/** The desk of one invoice, with how what was just asked for went, where it did not simply work. */
export async function showDesk(
  response: Response,
  number: string,
  now: Date,
  outcome: DeskOutcome = {},
): Promise<void> {
  const { reader, staff } = response.locals;
  const told = await storyOf(await invoiceNumbered(number));
  const mayChange = staffMay(staff.role, 'billing:change');
  const [receivable, givenUp] = [await told.invoice.receivable(), await WriteOff.withinDay(staff.id, now)];
  response.render(
    'staff/payment-desk',
    presentDesk(reader, told, { now, mayChange, role: staff.role, receivable, givenUp, ...outcome }),
  );
}

/** Who of the staff asks, and from where. */
export function askerOf({ ip }: PathRequest, { locals }: Response) {
  return { staffId: locals.staff.id, address: ip ?? '' };
}
