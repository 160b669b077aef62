import { z } from 'zod';
import { text } from '../fields.js';

/** What apps show in groups is typed in groups; digits of other scripts are not what apps show. */
const code = text({ max: 20 })
  .transform((typed) => typed.replaceAll(/\s/g, ''))
  .pipe(z.string().regex(/^[0-9]{6}$/));

const form = z.union([
  z.object({ code }).transform((typed) => ({ step: 'code' as const, typed: typed.code })),
  z
    .object({ recovery: text({ min: 1, max: 60 }) })
    .transform((typed) => ({ step: 'recovery_code' as const, typed: typed.recovery })),
]);

export type SecondStepForm = z.infer<typeof form>;

/** The code of an app, or one of those kept for the day without it; nothing where neither can be read. */
export function parseSecondStep(body: unknown): SecondStepForm | undefined {
  return form.safeParse(body ?? {}).data;
}

/** The code alone. */
export function parseCode(body: unknown): string | undefined {
  return z.object({ code }).safeParse(body ?? {}).data?.code;
}
