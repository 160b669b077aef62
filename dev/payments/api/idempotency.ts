import type { Account, KeptAnswer } from '../account.js';
import { ApiFailure } from './failures.js';

const LONGEST_KEY = 255;

/** Keys whose first call is still being worked on. */
export type InFlight = Set<string>;

/** What this key was answered before; nothing when it is new. https://docs.stripe.com/api/idempotent_requests */
export function keptAnswer(account: Account, inFlight: InFlight, key: string, request: string): KeptAnswer | undefined {
  if (key.length > LONGEST_KEY) throw tooLong();
  const kept = account.answers.get(key);
  if (kept && kept.request !== request) throw reused(key);
  if (inFlight.has(key)) throw busy(key);
  return kept;
}

/** A call and its parameters, whatever their order. */
export function fingerprint(method: string, path: string, body: string): string {
  const parameters = new URLSearchParams(body);
  parameters.sort();
  return `${method} ${path} ${parameters}`;
}

/** Forgets keys older than a day, or than what is asked for. */
export function pruneAnswers(account: Account, hours: number): number {
  const old: string[] = [];
  for (const { id, created } of account.answers.oldest()) {
    if (created > account.now() - hours * 3600) break;
    old.push(id);
  }
  for (const id of old) account.answers.remove(id);
  return old.length;
}

function reused(key: string): ApiFailure {
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new ApiFailure(400, { type: 'idempotency_error', message });
}

function tooLong(): ApiFailure {
  const message = `Idempotency keys are ${LONGEST_KEY} characters long at most.`;
  return new ApiFailure(400, { type: 'idempotency_error', message });
}

function busy(key: string): ApiFailure {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  return new ApiFailure(409, { type: 'idempotency_error', code: 'idempotency_key_in_use', message });
}
