import { randomInt } from 'node:crypto';
import { encrypt } from 'unixcrypt';

export interface RootSecret {
  readonly password: string;
  /** crypt(3) with SHA-512, as /etc/shadow holds it. */
  readonly cryptHash: string;
}

/** No letter or digit that is mistaken for another when it is read from a screen and typed into a console. */
const readable = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789';
const saltLetters = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const GROUPS = 4;
const GROUP_LETTERS = 5;
const SALT_LETTERS = 16;

/** A fresh password: twenty letters in four groups, 116 bits. `draw(n)` gives a whole number from 0 up to, but without, n. */
export function drawRootSecret(draw: (below: number) => number = randomInt): RootSecret {
  const letters = (count: number, alphabet: string) =>
    Array.from({ length: count }, () => alphabet[draw(alphabet.length)]).join('');
  const password = Array.from({ length: GROUPS }, () => letters(GROUP_LETTERS, readable)).join('-');
  return { password, cryptHash: encrypt(password, `$6$${letters(SALT_LETTERS, saltLetters)}`) };
}
