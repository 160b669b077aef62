export interface SessionLimits {
  readonly idleMs: number;
  readonly absoluteMs: number;
}

const HOUR_MS = 3_600_000;

/** Customers come seldom and from places of their own; staff hold the keys, so a desk left open closes soon. */
export const customerSessionLimits: SessionLimits = { idleMs: 12 * HOUR_MS, absoluteMs: 7 * 24 * HOUR_MS };
export const staffSessionLimits: SessionLimits = { idleMs: 2 * HOUR_MS, absoluteMs: 12 * HOUR_MS };

/** Between a right password and the code: long enough to find the telephone. */
export const SECOND_STEP_MS = 10 * 60_000;

/** Whether a session is over: nobody used it for too long, or it began too long ago (ASVS 5.0, 7.3.1–2). */
export function sessionIsOver(session: { startedAt: Date; seenAt: Date }, limits: SessionLimits, now: Date): boolean {
  const idle = now.getTime() - session.seenAt.getTime();
  const age = now.getTime() - session.startedAt.getTime();
  return idle >= limits.idleMs || age >= limits.absoluteMs;
}
