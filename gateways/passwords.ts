import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB and two passes: the parameters that OWASP's Password Storage Cheat Sheet puts first. */
const ARGON2ID = 2; // the package's own name for it is a const enum, which modules compiled alone cannot read
const options = { algorithm: ARGON2ID, memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const nobodys = hash('the password of nobody', options);

export function hashPassword(password: string): Promise<string> {
  return hash(password, options);
}

/** Of a password that nobody knows, for somebody who has not chosen one yet. */
export function unknowableHash(): Promise<string> {
  return hash(randomBytes(32).toString('base64url'), options);
}

/** Takes as long for a person who does not exist: then it compares with the password of nobody, and says no. */
export async function passwordMatches(storedHash: string | undefined, password: string): Promise<boolean> {
  const matches = await verify(storedHash ?? (await nobodys), password);
  return storedHash !== undefined && matches;
}
