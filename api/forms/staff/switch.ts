import { isIP } from 'node:net';
import { z } from 'zod';
import { text, typedText, wholeNumber } from '../fields.js';

export const portSpeeds = [1_000, 10_000, 25_000, 40_000, 100_000] as const;
export const authProtocols = ['sha', 'sha256', 'sha512'] as const;
export const privProtocols = ['aes', 'aes256'] as const;

/** In the order they stand in the form. */
const fields = [
  'name',
  'site',
  'host',
  'port',
  'version',
  'community',
  'user',
  'authProtocol',
  'authKey',
  'privProtocol',
].concat(['privKey', 'beginning', 'count', 'firstIndex', 'speed']);

const host = z
  .string()
  .trim()
  .max(253)
  .refine(
    (typed) =>
      isIP(typed) > 0 || typed.split('.').every((label) => /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i.test(label)),
  );

const reach = z.object({
  host,
  port: wholeNumber({ min: 1, max: 65_535 }),
  version: z.enum(['2c', '3']),
});

const ports = z.object({
  name: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/)
    .refine((typed) => typed !== 'new'),
  site: z.uuid(),
  beginning: text({ max: 30 }),
  count: wholeNumber({ min: 1, max: 512 }),
  firstIndex: wholeNumber({ min: 1, max: 2_000_000_000 }),
  speed: z.enum(portSpeeds.map(String)).transform(Number),
});

const secretKey = z
  .string()
  .min(8)
  .max(100)
  .regex(/^\P{Cc}*$/u); // RFC 3414 §11.2

const user = z.object({
  user: text({ min: 1, max: 32 }),
  authProtocol: z.enum(authProtocols),
  authKey: secretKey,
  privProtocol: z.enum(privProtocols),
  privKey: secretKey,
});

const community = z.object({
  community: z
    .string()
    .min(1)
    .max(100)
    .regex(/^\P{Cc}*$/u),
});

export interface SwitchForm {
  readonly reach: z.infer<typeof reach>;
  /** What shall be sealed, as `gateways/switch` opens it; nothing where the one there is stays. */
  readonly secret: string | undefined;
  /** Of a new one. */
  readonly ports: z.infer<typeof ports> | undefined;
}

/** A switch as it was meant, its words still open; or the fields that were filled in wrongly. */
export function parseSwitch(body: unknown, { isNew }: { isNew: boolean }): SwitchForm | { wrong: readonly string[] } {
  const typed = typedText(body);
  const reached = reach.safeParse(body ?? {});
  const named = isNew ? ports.safeParse(body ?? {}) : undefined;
  const secret = secretOf(typed, isNew);
  const errors = [reached.error, named?.error, 'error' in secret ? secret.error : undefined];
  const wrong = new Set(errors.flatMap((error) => error?.issues.map(({ path }) => String(path[0])) ?? []));
  if (wrong.size > 0 || !reached.success || 'error' in secret)
    return { wrong: fields.filter((field) => wrong.has(field)) };
  return { reach: reached.data, secret: secret.words, ports: named?.data };
}

function secretOf(
  typed: Readonly<Record<string, string>>,
  isNew: boolean,
): { words: string | undefined } | { error: z.ZodError } {
  const asked = typed.version === '3' ? ['user', 'authKey', 'privKey'] : ['community'];
  if (!isNew && asked.every((field) => !typed[field])) return { words: undefined };
  if (typed.version !== '3') {
    const parsed = community.safeParse(typed);
    return parsed.success ? { words: parsed.data.community } : { error: parsed.error };
  }
  const parsed = user.safeParse(typed);
  if (!parsed.success) return { error: parsed.error };
  const { user: name, ...keys } = parsed.data;
  return { words: JSON.stringify({ name, ...keys }) };
}
