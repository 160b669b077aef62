import type { Transaction } from 'objection';
import { MINUTES_UNASSIGNED } from '../../rules/durable/task-deadlines.js';
import { AccountLetter } from '../accounts/account-letter.js';
import { StaffMember } from '../accounts/staff-member.js';
import { StaffTask } from './staff-task.js';
import { StaffTaskEvent } from './staff-task-event.js';

const AT_ONCE = 100;

/**
 * Open tasks that are past their due time, or nobody's for too long, go up to every administrator by letter: each once,
 * whatever becomes of it later, and however many rounds look at once. Who left the staff holds nothing any more.
 */
export async function escalateTasks(now: Date): Promise<number> {
  return StaffTask.transaction(async (trx) => {
    const late = await StaffTask.query(trx)
      .whereNull('answer')
      .whereNull('escalatedAt')
      .where((either) =>
        either
          .where('dueAt', '<=', now)
          .orWhere('unassignedSince', '<=', new Date(now.getTime() - MINUTES_UNASSIGNED * 60_000))
          .orWhereIn('assigneeId', StaffMember.query().whereNotNull('disabledAt').select('id')),
      )
      .orderBy('openedAt')
      .limit(AT_ONCE)
      .forUpdate()
      .skipLocked();
    const administrators = await StaffMember.query(trx).modify('enabled').where({ role: 'administrator' });
    for (const task of late) await escalate(task, administrators, now, trx);
    return late.length;
  });
}

async function escalate(
  task: StaffTask,
  administrators: readonly StaffMember[],
  now: Date,
  trx: Transaction,
): Promise<void> {
  const escalatedFor = task.dueAt <= now ? 'overdue' : 'unassigned';
  await task.$query(trx).patch({ escalatedAt: now, escalatedFor });
  await StaffTaskEvent.tell({ taskId: task.id, event: 'escalated', happenedAt: now }, trx);
  for (const administrator of administrators) {
    const letter = { kind: 'task_escalated', happenedAt: now, values: { task: task.id } } as const;
    await AccountLetter.promise(administrator, letter, trx);
  }
}
