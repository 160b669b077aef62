import type { Express, Request, RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import type { Knex } from 'knex';
import {
  customerSessionLimits,
  SECOND_STEP_MS,
  type SessionLimits,
  sessionIsOver,
  staffSessionLimits,
} from '../../rules/accounts/session-limits.js';
import { asksForFragment } from './fragments.js';
import { SessionStore } from './session-store.js';

declare module 'express-session' {
  interface SessionData {
    /** Who signed in: a user, or in the other table a staff member. Sessions of one person are found by it. */
    personId: string;
    /** The customer for whom the user acts just now. */
    customerId: string;
    startedAt: string;
    seenAt: string;
    /** Whose password was right, while the second step is owed; such a session opens no page of theirs. */
    secondStep: { personId: string; at: string; to?: string };
  }
}

export type Area = 'customer' | 'staff';

export interface SessionDeps {
  readonly knex: Knex;
  /** Signs the cookies. */
  readonly sessionKey: string;
  /** What was signed with these counts still. */
  readonly previousSessionKeys?: readonly string[] | undefined;
  readonly publicUrl: string;
}

const kept = {
  customer: { kind: 'user', table: 'sessions' },
  staff: { kind: 'staff', table: 'staff_sessions' },
} as const;
const limits: Readonly<Record<Area, SessionLimits>> = { customer: customerSessionLimits, staff: staffSessionLimits };
const WRITTEN_EVERY_MS = 5 * 60_000;

/** A session for each area, with a cookie and a table of its own. Nothing is stored until something is put into it. */
export function createSessions(deps: SessionDeps): Readonly<Record<Area, RequestHandler>> {
  const secure = deps.publicUrl.startsWith('https:');
  const forArea = (area: Area) =>
    session({
      name: secure ? `__Host-qm_${area}` : `qm_${area}`,
      secret: [deps.sessionKey, ...(deps.previousSessionKeys ?? [])],
      store: new SessionStore(deps.knex, { ...kept[area], idleMs: limits[area].idleMs }),
      cookie: { httpOnly: true, sameSite: 'lax', secure, path: '/' }, // `__Host-` asks for this path
      resave: false,
      saveUninitialized: false,
    });
  return { customer: forArea('customer'), staff: forArea('staff') };
}

/** Where the base URL is https, TLS ends in front of us, and what reaches us came over it. */
export function trustPublicUrl(app: Express, publicUrl: string): void {
  if (publicUrl.startsWith('https:')) Object.defineProperty(app.request, 'secure', { get: () => true });
}

/** A new session under a new id: one that somebody planted before is worth nothing. */
export async function startSession(
  request: Request,
  person: { personId: string; customerId?: string },
  now: Date,
): Promise<void> {
  await endSession(request);
  Object.assign(request.session, person, { startedAt: now.toISOString(), seenAt: now.toISOString() });
  await keepSession(request);
}

/** What lets the person in was changed, and all their sessions ended: this browser goes on in a new one. */
export async function renewSession(
  request: Request,
  { id: personId }: { readonly id: string },
  now: Date,
): Promise<void> {
  const { customerId } = request.session;
  await startSession(request, { personId, ...(customerId && { customerId }) }, now);
}

/** Before a redirect: its head leaves while the session is still being written, and a browser is quick to follow. */
export function keepSession({ session }: Request): Promise<void> {
  return new Promise((resolve, reject) => session.save((error) => (error ? reject(error) : resolve())));
}

/** The row goes; in its place stands an empty session, which is not kept unless something is put into it. */
export function endSession({ session }: Request): Promise<void> {
  return new Promise((resolve, reject) => session.regenerate((error) => (error ? reject(error) : resolve())));
}

/** The password was right, and a second step follows: under a new id, and nobody's session yet. */
export async function beginSecondStep(request: Request, step: SessionData['secondStep']): Promise<void> {
  await endSession(request);
  request.session.secondStep = step;
  await keepSession(request);
}

/** Who owes the second step, where the first was not too long ago. */
export function secondStepOf(
  { session }: Request,
  now: Date,
): { personId: string; at: Date; to: string | undefined } | undefined {
  if (!session.secondStep) return;
  const { personId, to } = session.secondStep;
  const at = new Date(session.secondStep.at);
  return now.getTime() - at.getTime() < SECOND_STEP_MS ? { personId, at, to } : undefined;
}

/** Whether what began then was ended since, with all of the person's sessions. */
export function outlived(began: Date, { sessionsEndedAt }: { readonly sessionsEndedAt: Date | null }): boolean {
  return sessionsEndedAt !== null && began < sessionsEndedAt;
}

/** Whether this session began before all of its person's were ended. */
export function hasOutlived({ session }: Request, person: { readonly sessionsEndedAt: Date | null }): boolean {
  return outlived(new Date(session.startedAt ?? 0), person);
}

/** The person of this session, unless it ran out. Polling is not use: only whole pages keep a session alive. */
export function personOf(request: Request, area: Area, now: Date): string | undefined {
  const { personId, startedAt, seenAt } = request.session;
  if (!personId || !startedAt || !seenAt) return;
  const seen = new Date(seenAt);
  if (sessionIsOver({ startedAt: new Date(startedAt), seenAt: seen }, limits[area], now)) return;
  if (!asksForFragment(request) && now.getTime() - seen.getTime() > WRITTEN_EVERY_MS)
    request.session.seenAt = now.toISOString();
  return personId;
}
