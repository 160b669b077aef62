import type { Transaction } from 'objection';
import { type HoursPutOff, putOffUntil } from '../../rules/durable/task-deadlines.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { StaffAct } from '../accounts/staff-act.js';
import { StaffMember } from '../accounts/staff-member.js';
import { StaffTask } from './staff-task.js';
import { StaffTaskEvent } from './staff-task-event.js';

/** `closed`: somebody decided meanwhile. `moved`: it is in other hands than whoever acts was shown. */
export type HandsOutcome = 'done' | 'closed' | 'moved';

type Change = Omit<Parameters<typeof StaffTaskEvent.tell>[0], 'taskId' | 'happenedAt' | 'staffId'>;

/** Into somebody's hands, or out of all: only from the hands in which whoever acts saw it. */
export async function assignTask(
  id: string,
  { from, to }: { readonly from: string | null; readonly to: string | null },
  act: StaffAct,
): Promise<HandsOutcome> {
  return whileOpen(id, async (task, trx) => {
    if (task.assigneeId === to) return 'done';
    if (task.assigneeId !== from) return 'moved';
    await hand(task, to, act, trx);
    return 'done';
  });
}

export async function noteOnTask(id: string, note: string, act: StaffAct): Promise<HandsOutcome> {
  return whileOpen(id, async (task, trx) => {
    await tell(task, { event: 'noted', note }, act, trx);
    await record(task, { action: 'staff_task.noted', after: { note } }, act, trx);
    return 'done';
  });
}

/** Whoever puts off what is nobody's answers for it from now on. */
export async function putTaskOff(
  id: string,
  { hours, note }: { readonly hours: HoursPutOff; readonly note: string },
  act: StaffAct,
): Promise<HandsOutcome> {
  return whileOpen(id, async (task, trx) => {
    const dueAt = putOffUntil(act.at, hours);
    const before = { due: task.dueAt };
    await task.$query(trx).patch({ dueAt });
    await tell(task, { event: 'put_off', dueAt, note: note || null }, act, trx);
    await record(task, { action: 'staff_task.put_off', before, after: { due: dueAt, note } }, act, trx);
    if (task.assigneeId === null) await hand(task, act.staff.id, act, trx);
    return 'done';
  });
}

/** Dealt with by hand, where no process takes the answer. */
export async function settleTask(id: string, note: string, { staff, at }: StaffAct): Promise<HandsOutcome> {
  const answered = await StaffTask.close(id, { answer: 'done', answeredBy: staff.id, answeredAt: at }, note);
  return answered ? 'done' : 'closed';
}

async function whileOpen(
  id: string,
  act: (task: StaffTask, trx: Transaction) => Promise<HandsOutcome>,
): Promise<HandsOutcome> {
  return StaffTask.transaction(async (trx) => {
    const task = await StaffTask.query(trx).findById(id).forUpdate().throwIfNotFound();
    return task.answer ? 'closed' : act(task, trx);
  });
}

async function hand(task: StaffTask, to: string | null, act: StaffAct, trx: Transaction): Promise<void> {
  const [was, is] = [await nameOf(task.assigneeId, trx), await nameOf(to, trx)];
  await task.$query(trx).patch({ assigneeId: to, unassignedSince: to ? null : act.at });
  await tell(task, to ? { event: 'assigned', assigneeId: to } : { event: 'unassigned' }, act, trx);
  const action = to ? 'staff_task.assigned' : 'staff_task.unassigned';
  await record(task, { action, before: { assignee: was }, after: { assignee: is } }, act, trx);
}

async function nameOf(id: string | null, trx: Transaction): Promise<string | null> {
  return (id && (await StaffMember.query(trx).findById(id))?.name) || null;
}

async function tell({ id: taskId }: StaffTask, change: Change, { staff, at }: StaffAct, trx: Transaction) {
  await StaffTaskEvent.tell({ ...change, taskId, staffId: staff.id, happenedAt: at }, trx);
}

async function record(
  { step, subjectType, subject, customerId }: StaffTask,
  { action, before, after }: { action: string; before?: object; after: object },
  { staff, address, at }: StaffAct,
  trx: Transaction,
): Promise<void> {
  const actor = { actorKind: 'staff', actorId: staff.id, actorName: staff.name, address } as const;
  const about = { subjectType, subjectId: subject, customerId, happenedAt: at };
  const change = { before: before && { step, ...before }, after: { step, ...after } };
  await AuditEntry.record({ ...actor, ...about, ...change, action }, trx);
}
