import { z } from 'zod';
import { languages } from '../../../rules/accounts/languages.js';
import { isLoginName } from '../../../rules/accounts/login-name.js';
import { timeZones } from '../../../rules/accounts/time-zones.js';
import { text, wrongFields } from '../fields.js';

/** In the order they stand in the form. */
const fields = ['name', 'email', 'loginName', 'language', 'timeZone'] as const;
export type UserField = (typeof fields)[number];

const userForm = z.object({
  name: text({ min: 1, max: 100 }),
  email: text({ min: 1, max: 254 }).pipe(z.email()),
  loginName: text({ max: 64 })
    .refine((typed) => typed === '' || isLoginName(typed))
    .transform((typed) => typed || null),
  language: z.enum(languages),
  timeZone: z.string().refine((zone) => timeZones.includes(zone)),
});

/** Somebody who shall act for a customer, or the fields that were filled in wrongly. */
export function parseUser(body: unknown): { value: z.infer<typeof userForm> } | { wrong: UserField[] } {
  const parsed = userForm.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
