import { z } from 'zod';

export interface TaskFilter {
  /** As workflows' ids begin; `none` for what no process waits for. */
  readonly process: string;
  readonly step: string;
}

const process = z.string().regex(/^[a-z-]{1,40}$/);
const step = z.string().regex(/^\w{1,60}$/);

/** What the address asks for beside the list's own wishes; anything odd counts as not said. */
export function readTaskFilter(asked: Readonly<Record<string, unknown>>): TaskFilter {
  return { process: process.safeParse(asked.process).data ?? '', step: step.safeParse(asked.step).data ?? '' };
}
