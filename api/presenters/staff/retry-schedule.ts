import { phrase } from '../../../locales/phrases.js';
import type { RetrySchedule } from '../../../models/billing/retry-schedule.js';
import { LAST_DAY, LONGEST_REST, MOST_TRIES } from '../../../rules/billing/retry-policy.js';
import { type RetryPolicy, usualRetries } from '../../../rules/billing/retry-schedule.js';
import type { RetryScheduleProblem } from '../../forms/staff/retry-schedule.js';
import { moment, type Reader } from '../moments.js';

export interface RetryScheduleOutcome {
  readonly typed?: Readonly<Record<string, string>>;
  readonly wrong?: RetryScheduleProblem;
  /** Whether somebody set another one meanwhile. */
  readonly isMoved?: boolean;
}

interface RetryScheduleInput extends RetryScheduleOutcome {
  /** Of those that were set, the newest first. */
  readonly schedules: readonly RetrySchedule[];
  /** How many invoices have a try ahead of them. */
  readonly collecting: number;
  readonly mayChange: boolean;
}

/** The retry schedule in words, who set it, and the form that sets another. */
export function presentRetrySchedule(reader: Reader, input: RetryScheduleInput) {
  const { language } = reader;
  const { schedules, collecting, mayChange, isMoved } = input;
  const says = (key: string, values = {}) => phrase(language, `payments:schedule.${key}`, values);
  const [last] = schedules;
  return {
    title: says('title'),
    crumbs: [{ label: phrase(language, 'payments:list.title'), address: '/staff/payments' }],
    holds: words(reader, last?.policy ?? usualRetries),
    setBy: last ? says('setBy', { name: last.setter.name, at: moment(reader, last.setAt).text }) : says('usual'),
    running: runningOf(reader, last),
    moved: isMoved ? says('moved') : undefined,
    form: mayChange ? formOf(reader, last, collecting, input) : undefined,
    past: schedules.map((schedule) => ({
      at: moment(reader, schedule.setAt),
      name: schedule.setter.name,
      days: words(reader, schedule.policy),
      running: says(schedule.takesOver ? 'tookOver' : 'kept'),
    })),
  };
}

function words({ language }: Reader, { retryDays, restDays }: RetryPolicy): string {
  const days = new Intl.ListFormat(language, { type: 'conjunction' }).format(retryDays.map(String));
  return phrase(language, 'payments:schedule.days', { days, count: restDays });
}

/** Whether those that run have heard of it. */
function runningOf({ language }: Reader, last: RetrySchedule | undefined): string | undefined {
  if (!last?.takesOver) return undefined;
  return phrase(language, `payments:schedule.${last.toldAt ? 'told' : 'telling'}`);
}

function formOf(
  { language }: Reader,
  last: RetrySchedule | undefined,
  collecting: number,
  { typed, wrong }: RetryScheduleOutcome,
) {
  const says = (key: string, values = {}) =>
    phrase(language, `payments:schedule.${key}`, { tries: MOST_TRIES, last: LAST_DAY, rest: LONGEST_REST, ...values });
  const { retryDays, restDays } = last?.policy ?? usualRetries;
  const field = wrong === 'close' ? 'days' : wrong;
  const error = (name: string) => (field === name ? says(`errors.${wrong}`) : undefined);
  const chosen = typed?.running === 'take' ? 'take' : 'keep';
  return {
    from: last?.id ?? '',
    days: typed?.days ?? retryDays.join(', '),
    daysHint: says('daysHint'),
    rest: typed?.rest ?? String(restDays),
    restHint: says('restHint'),
    errors: field && [{ field, text: says(`errors.${wrong}`) }],
    daysError: error('days'),
    restError: error('rest'),
    runningError: error('running'),
    choices: (['keep', 'take'] as const).map((value) => ({
      value,
      label: says(`running.${value}`),
      detail: says(`runningDetail.${value}`, { count: collecting }),
      chosen: value === chosen,
    })),
  };
}
