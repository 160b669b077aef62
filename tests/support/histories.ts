import { mkdirSync, writeFileSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';

const folder = new URL('../histories/', import.meta.url);
const checkout = new URL('../../', import.meta.url);

/**
 * Keeps the run's history under a name, to be replayed against all code to come. Only with RECORD_HISTORIES set: a history
 * is recorded when a process is new or takes a new path, and an old one stays as long as runs of its kind may be open.
 */
export async function keepHistory(handle: WorkflowHandle, name: string): Promise<void> {
  if (!process.env.RECORD_HISTORIES) return;
  mkdirSync(folder, { recursive: true });
  const history = historyToJSON(await handle.fetchHistory());
  const told = [checkout.href, checkout.pathname].reduce((text, here) => text.replaceAll(here, ''), history); // in stacks
  writeFileSync(new URL(`${name}.json`, folder), `${told}\n`);
}
