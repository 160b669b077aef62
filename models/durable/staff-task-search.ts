import type { QueryBuilder } from 'objection';
import { Customer } from '../accounts/customer.js';
import { anywhere, type Stretch, stretchOf } from '../listing.js';
import { StaffTask } from './staff-task.js';

export const taskFilters = ['open', 'mine', 'unassigned', 'late', 'decided', 'all'] as const;
export const taskSorts = ['since', 'subject', 'due'] as const;

export interface TasksWanted {
  readonly show: (typeof taskFilters)[number];
  /** A part of what it is about, or of the customer's name. */
  readonly query: string;
  readonly sort: (typeof taskSorts)[number];
  readonly direction: 'asc' | 'desc';
  /** Whose are `mine`. */
  readonly reader: string;
  /** As a workflow's id begins: `order`, `server-provisioning`; `none` for what no process waits for. */
  readonly process?: string;
  readonly step?: string;
  readonly now: Date;
}

const columns = { since: 'staff_tasks.since', subject: 'staff_tasks.subject', due: 'staff_tasks.due_at' } as const;

/** A page of the tasks that are wanted; for files, what follows one of them. */
export function listTasks(wanted: TasksWanted, stretch: Stretch): QueryBuilder<StaffTask> {
  const order = { table: 'staff_tasks', by: columns[wanted.sort], direction: wanted.direction };
  return stretchOf(tasksMatching(wanted).withGraphJoined('[customer, assignee]'), order, stretch);
}

/** All that are wanted, in no order: for counting them. */
export function tasksMatching({ show, query, reader, process, step, now }: TasksWanted): QueryBuilder<StaffTask> {
  const found = StaffTask.query();
  if (show === 'decided') found.whereNotNull('staff_tasks.answer');
  else if (show !== 'all') found.whereNull('staff_tasks.answer');
  if (show === 'mine') found.where('staff_tasks.assigneeId', reader);
  if (show === 'unassigned') found.whereNull('staff_tasks.assigneeId');
  if (show === 'late')
    found.where((late) => late.where('staff_tasks.dueAt', '<=', now).orWhereNotNull('staff_tasks.escalatedAt'));
  if (process === 'none') found.whereNull('staff_tasks.workflowId');
  else if (process) found.whereRaw(`split_part(staff_tasks.workflow_id, ':', 1) = ?`, [process]);
  if (step) found.where('staff_tasks.step', step);
  if (query) {
    const like = anywhere(query);
    const customers = Customer.query().where('name', 'ilike', like).select('id');
    found.where((either) =>
      either.where('staff_tasks.subject', 'ilike', like).orWhereIn('staff_tasks.customerId', customers),
    );
  }
  return found;
}

/** What the list may be narrowed to: the steps that tasks are open about, and whose processes they are. */
export async function stepsOfOpenTasks(): Promise<{ process: string; step: string }[]> {
  const process = StaffTask.raw(`coalesce(split_part(workflow_id, ':', 1), 'none') AS process`);
  const open = StaffTask.query().whereNull('answer').distinct(process, 'step').orderBy(['process', 'step']);
  return open.limit(200).toKnexQuery<{ process: string; step: string }>();
}
