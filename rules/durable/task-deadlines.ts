import type { TaskMatter } from '../accounts/staff-rights.js';

const MINUTE = 60_000;

/** How long a task may wait for its answer: a customer watches a machine being built; money is slower by nature. */
export const minutesToDecide: Readonly<Record<TaskMatter, number>> = { hardware: 60, money: 240 };

/** How long a task may be nobody's before it goes up. */
export const MINUTES_UNASSIGNED = 30;

/** By how much a task may be put off at once, in hours. */
export const hoursPutOff = [1, 4, 24, 72] as const;

export type HoursPutOff = (typeof hoursPutOff)[number];

export type EscalationReason = 'overdue' | 'unassigned';

/** Until when somebody should have decided. */
export function dueAtFor(matter: TaskMatter, openedAt: Date): Date {
  return new Date(openedAt.getTime() + minutesToDecide[matter] * MINUTE);
}

/** When a task goes up by itself unless somebody decides, or takes it; past that moment, why it does. */
export function escalationOf({ dueAt, unassignedSince }: Watched): { at: Date; reason: EscalationReason } {
  const taken = unassignedSince && new Date(unassignedSince.getTime() + MINUTES_UNASSIGNED * MINUTE);
  return taken && taken < dueAt ? { at: taken, reason: 'unassigned' } : { at: dueAt, reason: 'overdue' };
}

interface Watched {
  readonly dueAt: Date;
  /** Nothing while it is somebody's. */
  readonly unassignedSince: Date | null;
}

/** Counted from now: what is late already is not put off into the past. */
export function putOffUntil(now: Date, hours: HoursPutOff): Date {
  return new Date(now.getTime() + hours * 60 * MINUTE);
}
