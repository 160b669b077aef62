import { createHash } from 'node:crypto';
import type { Finding, Looked } from '../durable/invariants/invariant.js';
import { StaffTask } from '../durable/staff-task.js';

const step = 'mendBooks';
const SHOWN = 5;
const MORE = '…';

type Named = Finding['invariant'];

/** One task an invariant while it is broken, and a new one when it breaks again. */
export async function openBroken(invariant: Named, rows: Finding['rows'], at: Date): Promise<void> {
  if (await openTaskOf(invariant)) return;
  const shown = rows.slice(0, SHOWN).map((row) => JSON.stringify(row));
  const reason = [`${rows.length} at fault`, ...shown, ...(rows.length > SHOWN ? [MORE] : [])].join('\n');
  const about = { workflowId: null, subjectType: 'books', subject: subjectOf(invariant), customerId: null } as const;
  await StaffTask.open({ id: idOf(invariant, at), ...about, step, skippable: false, reason, since: at });
}

/** It holds again: nobody need decide anything. What was at fault and does not answer now, is not mended by that. */
export async function closeMended({ invariant, unknown = [] }: Looked, at: Date): Promise<void> {
  const open = await openTaskOf(invariant);
  const silent = unknown.flatMap(({ why: _, ...device }) => Object.values(device).map(String));
  if (open && !silent.some((name) => open.reason.includes(`"${name}"`) || open.reason.endsWith(MORE)))
    await StaffTask.close(open.id, { answer: 'done', answeredBy: 'process', answeredAt: at });
}

function openTaskOf(invariant: Named): Promise<StaffTask | undefined> {
  return StaffTask.query()
    .modify('open')
    .findOne({ step, subject: subjectOf(invariant) })
    .execute();
}

function subjectOf({ id, name }: Named): string {
  return `${id} ${name}`;
}

/** The same check tried again opens the same task. */
function idOf({ name }: Named, at: Date): string {
  const digest = createHash('sha256').update(`${name} ${at.toISOString()}`).digest('hex');
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
