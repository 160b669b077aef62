import { commonPasswords } from './common-passwords.js';

export type PasswordLevel = 'medium' | 'strong';

export const minimumLength: Readonly<Record<PasswordLevel, number>> = { medium: 8, strong: 10 };

/** Who is held to several levels keeps the strictest; who is held to none, too. */
export function strictestLevel(levels: readonly PasswordLevel[]): PasswordLevel {
  return levels.length > 0 && levels.every((level) => level === 'medium') ? 'medium' : 'strong';
}

/** Longer ones are refused, so that hashing one stays cheap. */
export const MAXIMUM_LENGTH = 200;

/** What a password may lack, in the order in which a page lists it. */
export const passwordFaults = ['length', 'lower', 'upper', 'digit', 'special', 'own', 'common'] as const;

export type PasswordFault = (typeof passwordFaults)[number];

/**
 * What is wrong with a password; nothing when it may be used. `own` are the person's names, addresses and company: no
 * word of theirs may stand in it. Letters of every alphabet count as letters; whatever is neither letter nor digit is a
 * sign, a blank too.
 */
export function faultsOf(password: string, level: PasswordLevel, own: readonly string[]): PasswordFault[] {
  const length = [...password].length;
  const wrong: Readonly<Record<PasswordFault, boolean>> = {
    length: length < minimumLength[level] || length > MAXIMUM_LENGTH,
    lower: !/\p{Ll}/u.test(password),
    upper: !/\p{Lu}/u.test(password),
    digit: !/\p{Nd}/u.test(password),
    special: !/[^\p{L}\p{Nd}]/u.test(password),
    own: ownWords(own).some((word) => flat(password).includes(word) || bareForm(password).includes(word)),
    common: commonPasswords.has(bareForm(password)) || hasLittleVariety(password),
  };
  return passwordFaults.filter((fault) => wrong[fault]);
}

/** `P@ssw0rd!2026` is `password`: signs for letters are read as letters, and what hangs on at the ends falls off. */
function bareForm(password: string): string {
  const written: Readonly<Record<string, string>> = {
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
  };
  const trimmed = flat(password).replaceAll(/^[^\p{L}]+|[^\p{L}]+$/gu, '');
  return [...trimmed]
    .map((letter) => written[letter] ?? letter)
    .join('')
    .replaceAll(/[^\p{L}]/gu, '');
}

/** Small letters without accents. */
function flat(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/** Words of at least four letters, in their plainest form: shorter ones stand in other words by chance. */
export function ownWords(own: readonly string[]): string[] {
  return own.flatMap((text) => flat(text).split(/[^\p{L}\p{Nd}]+/u)).filter((word) => [...word].length >= 4);
}

/** `Aaaaaaa1!` and `Abababab1!` keep the rules and are guessed at once. */
function hasLittleVariety(password: string): boolean {
  return new Set(flat(password)).size < Math.min(6, [...password].length);
}
