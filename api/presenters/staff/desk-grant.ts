import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import { nextTryAt } from '../../../rules/billing/retry-schedule.js';
import { LATEST_DAYS, MOST_DAYS } from '../../../rules/billing/schedule-change.js';
import type { GrantField } from '../../forms/staff/grant.js';
import { moment, type Reader } from '../moments.js';
import type { Rejected } from './desk-plan.js';

interface GrantInput {
  readonly action: string;
  readonly rejected?: Rejected<GrantField> | undefined;
}

const A_WEEK = '7';

/** For `staff/_grant`: days more before what comes next; where nothing does, that there is nothing to put off. */
export function presentGrant(reader: Reader, told: InvoiceStory, { action, rejected }: GrantInput) {
  const { failed, policy, plan, order } = told;
  const next = nextTryAt(policy, { failed, plan: plan?.plan ?? null });
  const says = (key: string, values = {}) =>
    phrase(reader.language, `payments:desk.grant.${key}`, { most: MOST_DAYS, latest: LATEST_DAYS, ...values });
  if (!next) return { none: says('none') };
  const error = (field: GrantField) => (rejected?.wrong.includes(field) ? says(`errors.${field}`) : undefined);
  const lapse = order?.status === 'awaiting_payment' ? moment(reader, order.expiresAt).text : undefined;
  return {
    action,
    from: next,
    effect: says('effect', { at: moment(reader, new Date(next)).text }),
    lapse: lapse && says('lapse', { at: lapse }),
    days: rejected?.typed.days ?? A_WEEK,
    daysHint: says('daysHint'),
    reason: rejected?.typed.reason ?? '',
    errors: rejected?.wrong.map((field) => ({ field: `grant-${field}`, text: says(`errors.${field}`) })),
    daysError: error('days'),
    reasonError: error('reason'),
  };
}
