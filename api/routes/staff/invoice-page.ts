import type { Response } from 'express';
import { refundsStanding } from '../../../models/billing/hand-refund.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { storyOf } from '../../../models/billing/invoice-story.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { dayAt } from '../../../rules/calendar.js';
import { presentStaffInvoice } from '../../presenters/staff/invoice.js';
import type { RefundOutcome } from '../../presenters/staff/refunds.js';
import type { TemporalUi } from '../../presenters/staff/temporal-ui.js';

/** An invoice's page for staff, with how what was just written down was not taken. */
export async function showInvoice(
  response: Response,
  invoice: Invoice,
  { ui, now }: { readonly ui: TemporalUi | undefined; readonly now: Date },
  outcome: RefundOutcome = {},
): Promise<void> {
  const { reader, staff } = response.locals;
  const [story, refunds] = [await storyOf(invoice), await refundsStanding(invoice)];
  const today = dayAt(now, invoice.customer.timeZone);
  const readersToday = dayAt(now, reader.timeZone);
  const input = { ui, today, readersToday, refunds, mayChange: staffMay(staff.role, 'billing:change'), ...outcome };
  response.render('staff/invoice', presentStaffInvoice(reader, story, input));
}
