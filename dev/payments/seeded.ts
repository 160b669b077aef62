import { createHash } from 'node:crypto';

/** A number from 0 up to 1 that belongs to these words: the same words, the same number. */
export function drawn(...words: readonly (string | number)[]): number {
  return createHash('sha256').update(words.join('\n')).digest().readUInt32BE(0) / 2 ** 32;
}
