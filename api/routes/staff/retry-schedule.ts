import type { Response } from 'express';
import { failedSums } from '../../../models/billing/failed-payment-list.js';
import { RetrySchedule } from '../../../models/billing/retry-schedule.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { dayAt } from '../../../rules/calendar.js';
import { typedText } from '../../forms/fields.js';
import { parseRetrySchedule } from '../../forms/staff/retry-schedule.js';
import { presentRetrySchedule, type RetryScheduleOutcome } from '../../presenters/staff/retry-schedule.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

/** On which days a declined card is tried again: what holds, what held, and another one in its place. */
export function retryScheduleRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const path = '/staff/retry-schedule';

  async function show(response: Response, outcome: RetryScheduleOutcome = {}): Promise<void> {
    const { reader, staff } = response.locals;
    const [schedules, sums] = await Promise.all([
      RetrySchedule.all().limit(20).withGraphFetched('setter'),
      failedSums(dayAt(now(), reader.timeZone)),
    ]);
    const collecting = sums.reduce((sum, { byItself }) => sum + byItself, 0);
    const mayChange = staffMay(staff.role, 'billing:change');
    response.render(
      'staff/retry-schedule',
      presentRetrySchedule(reader, { schedules, collecting, mayChange, ...outcome }),
    );
  }

  async function set(request: PathRequest, response: Response): Promise<void> {
    const typed = typedText(request.body);
    const form = parseRetrySchedule(request.body);
    if ('wrong' in form) return show(response.status(422), { typed, wrong: form.wrong });
    const outcome = await RetrySchedule.set(form.value, actOf(request, response, now()));
    if (outcome === 'moved') return show(response.status(409), { typed, isMoved: true });
    response.redirect(303, path);
  }

  return [
    { method: 'get', path, right: { staff: 'billing:see' }, handle: (_request, response) => show(response) },
    { method: 'post', path, right: { staff: 'billing:change' }, handle: set },
  ];
}
