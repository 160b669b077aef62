import { z } from 'zod';
import { text } from '../fields.js';

const nameForm = z.object({ name: text({ min: 1, max: 60 }) });

/** What a customer calls a server; nothing where it cannot be a name. */
export function parseName(body: unknown): string | undefined {
  return nameForm.safeParse(body).data?.name;
}
