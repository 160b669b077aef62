import { z } from 'zod';
import { MAXIMUM_LENGTH } from '../../rules/accounts/password-policy.js';

/** Signs that turn the direction of what stands behind them: nobody's name or reason must pretend to be another. */
const turning = /[\u202a-\u202e\u2066-\u2069]/g;
const seen = /[^\s\p{Z}\p{Cf}]/u;

/** Without the blanks around it; of what nobody could see, nothing is left. */
function legible(typed: string): string {
  const text = typed.replaceAll(turning, '').trim();
  return seen.test(text) ? text : '';
}

/**
 * One line of text from a form, trimmed. A field that was sent twice arrives as an array, and is an error here; so are
 * control characters, which no keyboard types and which split letters' headers and log lines.
 */
export function text(limits: { min?: number; max: number }) {
  return z
    .string()
    .overwrite(legible)
    .min(limits.min ?? 0)
    .max(limits.max)
    .regex(/^\P{Cc}*$/u);
}

/**
 * A password as it was typed, blanks too. Keyboards write one letter in several ways (`é` as one sign or as two, wide
 * letters): they count as one, NFKC, both where it is set and where it is asked for (NIST SP 800-63B, 3.1.1.2).
 */
export const typedPassword = z
  .string()
  .min(1)
  .max(2 * MAXIMUM_LENGTH) // a letter beyond the first plane counts as two here
  .transform((typed) => typed.normalize('NFKC'))
  .pipe(
    z
      .string()
      .regex(/^\P{Cc}*$/u)
      .refine((password) => [...password].length <= MAXIMUM_LENGTH),
  );

/** Like `text`, with line breaks. */
export function longText(max: number) {
  return z
    .string()
    .transform((value) => legible(value.replaceAll('\r\n', '\n')))
    .pipe(
      z
        .string()
        .max(max)
        .regex(/^[\P{Cc}\n\t]*$/u),
    );
}

/** A ticked box sends its value, an empty one nothing. */
export const tick = z
  .literal('on')
  .optional()
  .transform((value) => value === 'on');

/** A whole number written in plain digits; not `1e3`, `0x10`, ` 5`, `NaN`. */
export function wholeNumber(limits: { min: number; max: number }) {
  return z
    .string()
    .regex(/^-?\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().int().min(limits.min).max(limits.max));
}

/** The fields that were filled in wrongly, in the order given: the order in which they stand in the form. */
export function wrongFields<Field extends string>(error: z.ZodError, order: readonly Field[]): Field[] {
  const wrong = new Set(error.issues.map(({ path }) => path[0]));
  return order.filter((field) => wrong.has(field));
}

/** What was typed, for giving a refused form back: text fields only, whatever else was sent. */
export function typedText(body: unknown): Readonly<Record<string, string>> {
  if (typeof body !== 'object' || body === null) return {};
  const texts = Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return Object.fromEntries(texts);
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a value from a path may be looked up as a key; PostgreSQL would refuse the query for any other. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && uuid.test(value);
}
