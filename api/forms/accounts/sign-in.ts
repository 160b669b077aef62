import { z } from 'zod';
import { text, typedPassword, wrongFields } from '../fields.js';

const fields = ['name', 'password'] as const;

const signInForm = z.object({
  name: text({ min: 1, max: 254 }),
  password: typedPassword,
});

/** Who says to be who, or the fields that are missing. */
export function parseSignIn(
  body: unknown,
): { value: z.infer<typeof signInForm> } | { wrong: (typeof fields)[number][] } {
  const parsed = signInForm.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
