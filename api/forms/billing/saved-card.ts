import { z } from 'zod';

const savedCard = z.strictObject({ _csrf: z.unknown().optional(), setup: z.string().regex(/^seti_\w{1,200}$/) });

/** The provider's id of the setup that the page has just finished; nothing where the form does not say it as ours does. */
export function parseSavedCard(body: unknown): string | undefined {
  const parsed = savedCard.safeParse(body);
  return parsed.success ? parsed.data.setup : undefined;
}
