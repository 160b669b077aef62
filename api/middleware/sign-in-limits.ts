import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import { placeOf } from '../../rules/accounts/sign-in-places.js';
import type { Area } from './sessions.js';

export interface SignInLimits {
  /** Counts an attempt. Answers when to try again once there were too many, before the password was looked at. */
  count(area: Area, name: string, address: string): Promise<{ tryAgainAt: Date } | undefined>;
  /** The password was right: what this person mistyped before is forgiven. */
  forgive(area: Area, name: string, address: string): Promise<void>;
}

const QUARTER_HOUR_S = 15 * 60;
const table = { storeType: 'knex', tableName: 'sign_in_attempts', tableCreated: true, clearExpiredByTimeout: true };

/**
 * In a quarter of an hour, for a person and for an address: a guesser is slowed down, an office is not. Of IPv6 the
 * network of 64 bits counts, within which whoever has one address has them all.
 */
const allowed = {
  password: { person: 10, address: 60 },
  /** Six digits are soon tried through: what is left to somebody who knows the password is one chance in 700 a day. */
  code: { person: 5, address: 60 },
  /** Letters that anybody may ask for, into anybody's mailbox. */
  letter: { person: 3, address: 20 },
} as const;

/** What is tried is counted apart, so that a password mistyped costs no try at the code. */
export function createSignInLimits(knex: Knex, now: () => Date, what: keyof typeof allowed = 'password'): SignInLimits {
  const limiter = (of: 'person' | 'address') =>
    new RateLimiterPostgres({
      ...table,
      storeClient: knex,
      keyPrefix: what === 'password' ? of : `${what}-${of}`,
      points: allowed[what][of],
      duration: QUARTER_HOUR_S,
    });
  const persons = limiter('person');
  const addresses = limiter('address');

  return {
    async count(area, name, address) {
      const waits = await Promise.all([
        waitOf(persons, keyOf(area, name)),
        waitOf(addresses, keyOf(area, placeOf(address))),
      ]);
      const longest = Math.max(...waits);
      return longest > 0 ? { tryAgainAt: new Date(now().getTime() + longest) } : undefined;
    },

    async forgive(area, name, address) {
      await Promise.all([persons.delete(keyOf(area, name)), addresses.reward(keyOf(area, placeOf(address)))]);
    },
  };
}

/** Milliseconds to wait; nothing while there are tries left. */
async function waitOf(limiter: RateLimiterPostgres, key: string): Promise<number> {
  try {
    await limiter.consume(key);
    return 0;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal.msBeforeNext;
    throw refusal;
  }
}

/** Who tried is nobody's business once it is counted: a fingerprint will do, and fits the column. */
function keyOf(area: Area, subject: string): string {
  return createHash('sha256')
    .update(`${area}:${inSmallLetters(subject.trim())}`)
    .digest('base64url');
}

/** Letter by letter, as the database does: `İ` alone is `i` to it, and would else be a way to try one name under many. */
function inSmallLetters(name: string): string {
  return Array.from(name, (letter) => Array.from(letter.toLowerCase())[0]).join('');
}
