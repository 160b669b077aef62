import { z } from 'zod';
import { serverStatuses } from '../../../rules/servers/server-status.js';
import { longText, wrongFields } from '../fields.js';

const fields = ['to', 'reason'] as const;

const serverMoveForm = z.object({
  /** The state that the page showed. */
  from: z.enum(serverStatuses),
  to: z.enum(serverStatuses),
  reason: longText(500).pipe(z.string().min(3)),
});

export type ServerMoveField = (typeof fields)[number];

/** Where a machine shall be moved, and why; or the fields that were filled in wrongly. */
export function parseServerMove(
  body: unknown,
): { value: z.infer<typeof serverMoveForm> } | { wrong: ServerMoveField[] } {
  const parsed = serverMoveForm.safeParse(body ?? {});
  return parsed.success ? { value: parsed.data } : { wrong: wrongFields(parsed.error, fields) };
}
