import { z } from 'zod';
import { policyProblem } from '../../../rules/billing/retry-policy.js';
import type { RetryPolicy } from '../../../rules/billing/retry-schedule.js';
import { text, wholeNumber } from '../fields.js';

export type RetryScheduleProblem = 'days' | 'close' | 'rest' | 'running';

const form = z.object({
  days: text({ max: 100 }).transform((typed) => typed.split(/[\s,;]+/).filter(Boolean)),
  rest: wholeNumber({ min: 1, max: 99 }),
  running: z.enum(['keep', 'take']),
  from: z.union([z.literal(''), z.uuid()]),
});

export interface RetryScheduleForm {
  readonly policy: RetryPolicy;
  readonly takesOver: boolean;
  readonly from: string | null;
}

/** The days of a schedule, `1, 3, 5`, and whether running collections take it over; or what is wrong with it. */
export function parseRetrySchedule(body: unknown): { value: RetryScheduleForm } | { wrong: RetryScheduleProblem } {
  const parsed = form.safeParse(body ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const field = issue?.path[0];
    return { wrong: field === 'rest' || field === 'running' ? field : 'days' };
  }
  const { days, rest: restDays, running, from } = parsed.data;
  const policy = { retryDays: days.map((day) => (/^\d{1,3}$/.test(day) ? Number(day) : Number.NaN)), restDays };
  const wrong = policyProblem(policy);
  return wrong ? { wrong } : { value: { policy, takesOver: running === 'take', from: from || null } };
}
