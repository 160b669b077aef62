import { z } from 'zod';
import { type PowerCommandKind, powerDeeds } from '../../../rules/servers/power-commands.js';
import { text } from '../fields.js';

const look = z.object({ command: z.literal('state') }).transform(({ command }) => ({ command, reason: '' }));
const deed = z.object({ command: z.enum(powerDeeds), reason: text({ min: 1, max: 200 }) });

export interface PowerCommandForm {
  readonly command: PowerCommandKind;
  readonly reason: string;
}

/** What is asked and why; a deed without its reason; or nothing that our pages can send. */
export function parsePowerCommand(body: unknown): PowerCommandForm | { wrong: 'reason' } | undefined {
  const parsed = z.union([look, deed]).safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  return deed.pick({ command: true }).safeParse(body ?? {}).success ? { wrong: 'reason' } : undefined;
}
