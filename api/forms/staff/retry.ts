import { z } from 'zod';

const retry = z.strictObject({ _csrf: z.unknown().optional(), card: z.uuid() });

/** Which saved card is tried; nothing where the form does not say it as ours does. */
export function parseRetry(body: unknown): string | undefined {
  const parsed = retry.safeParse(body);
  return parsed.success ? parsed.data.card : undefined;
}
