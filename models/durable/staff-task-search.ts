import type { QueryBuilder } from 'objection';
import { anywhere, countOf, type Listing, orderOf, type Stretch, stretchOf } from '../listing.js';
import { allOf, type Sql, sql } from '../sql.js';
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

const sorts: Readonly<Record<TasksWanted['sort'], Sql>> = {
  since: sql`staff_tasks.since`,
  subject: sql`staff_tasks.subject`,
  due: sql`staff_tasks.due_at`,
};

/** A page of the tasks that are wanted; for files, what follows one of them. */
export function listTasks(wanted: TasksWanted, stretch: Stretch): QueryBuilder<StaffTask> {
  const listing = tasksListed(wanted);
  const page = stretchOf(listing, sql`staff_tasks.id`, stretch);
  return StaffTask.query()
    .withGraphJoined('[customer, assignee]')
    .whereRaw(`staff_tasks.id IN (${page.text})`, page.values)
    .orderByRaw(orderOf(listing).text);
}

/** How many are wanted. */
export function countTasks(wanted: TasksWanted): Promise<number> {
  return countOf(tasksListed(wanted));
}

function tasksListed({ show, query, sort, direction, reader, process, step, now }: TasksWanted): Listing {
  const where = allOf([
    show === 'decided' && sql`staff_tasks.answer IS NOT NULL`,
    show !== 'decided' && show !== 'all' && sql`staff_tasks.answer IS NULL`,
    show === 'mine' && sql`staff_tasks.assignee_id = ${reader}`,
    show === 'unassigned' && sql`staff_tasks.assignee_id IS NULL`,
    show === 'late' && sql`(staff_tasks.due_at <= ${now} OR staff_tasks.escalated_at IS NOT NULL)`,
    process === 'none' && sql`staff_tasks.workflow_id IS NULL`,
    process && process !== 'none' && sql`split_part(staff_tasks.workflow_id, ':', 1) = ${process}`,
    step && sql`staff_tasks.step = ${step}`,
    query && searched(anywhere(query)),
  ]);
  const order = { by: sorts[sort], direction, tie: sql`staff_tasks.id`, id: sql`staff_tasks.id` };
  return { from: sql`staff_tasks`, where, ...order, kept: query === '' };
}

function searched(like: string): Sql {
  return sql`(staff_tasks.subject ILIKE ${like}
    OR staff_tasks.customer_id IN (SELECT id FROM customers WHERE name ILIKE ${like}))`;
}

/** What the list may be narrowed to: the steps that tasks are open about, and whose processes they are. */
export async function stepsOfOpenTasks(): Promise<{ process: string; step: string }[]> {
  const process = StaffTask.raw(`coalesce(split_part(workflow_id, ':', 1), 'none') AS process`);
  const open = StaffTask.query().whereNull('answer').distinct(process, 'step').orderBy(['process', 'step']);
  return open.limit(200).toKnexQuery<{ process: string; step: string }>();
}
