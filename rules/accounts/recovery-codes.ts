/** How many a person gets at once. */
export const RECOVERY_CODES = 10;

/** Of randomness in each: too many to try, even for somebody who has the hashes. */
export const RECOVERY_CODE_BYTES = 10;

/** Crockford's base 32: no letter is taken for another or for a digit. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = (RECOVERY_CODE_BYTES * 8) / 5;

/** Ten bytes as a person writes them down: `k7m2-9xw4-p3n8-q5rt`. */
export function writtenCode(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  const drawn = (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join('');
  return drawn.replace(/(.{4})(?=.)/g, '$1-');
}

/** What was typed as the one spelling whose hash is kept; nothing where it cannot be a code. */
export function spelledCode(typed: string): string | undefined {
  const bare = typed
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}]/gu, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return bare.length === LENGTH && [...bare].every((letter) => letters.includes(letter)) ? bare : undefined;
}
