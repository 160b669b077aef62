import { randomBytes } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** `pi_3kT…`: a kind and 24 letters, as Stripe's ids look. */
export function newId(kind: string): string {
  return `${kind}_${letters(24)}`;
}

/** What lets a page finish one intent, and nothing else. */
export function newClientSecret(intentId: string): string {
  return `${intentId}_secret_${letters(25)}`;
}

/** The intent whose secret this is. */
export function intentOfSecret(clientSecret: string): string {
  return clientSecret.split('_secret_', 1)[0] ?? '';
}

function letters(count: number): string {
  return [...randomBytes(count)].map((byte) => LETTERS[byte % LETTERS.length]).join('');
}
