import type { Response } from 'express';
import { invoiceNumbered, storyOf } from '../../../models/billing/invoice-story.js';
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
  const [receivable, mayChange] = [await told.invoice.receivable(), staffMay(staff.role, 'billing:change')];
  response.render(
    'staff/payment-desk',
    presentDesk(reader, told, { now, mayChange, role: staff.role, receivable, ...outcome }),
  );
}

/** Who of the staff asks, and from where. */
export function askerOf({ ip }: PathRequest, { locals }: Response) {
  return { staffId: locals.staff.id, address: ip ?? '' };
}
