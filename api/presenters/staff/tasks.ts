import { hasPhrase, phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import { taskFilters, taskSorts } from '../../../models/durable/staff-task-search.js';
import type { TaskFilter } from '../../forms/staff/task-filter.js';
import type { Cell } from '../csv.js';
import type { ListOffer, ListWish } from '../list.js';
import { headOf, presentListed } from '../listed.js';
import { duration, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { aboutWhat } from './task-words.js';

export const tasksOffer = {
  id: 'tasks',
  address: '/staff/tasks',
  sorts: taskSorts,
  filters: taskFilters,
  searchable: true,
  csv: '/staff/tasks.csv',
} as const satisfies ListOffer;

export type TasksWish = ListWish<(typeof taskSorts)[number], (typeof taskFilters)[number]>;

interface TasksInput {
  readonly tasks: readonly StaffTask[];
  readonly count: number;
  readonly wish: TasksWish;
  readonly filter: TaskFilter;
  /** What the open ones can be narrowed to. */
  readonly steps: readonly { readonly process: string; readonly step: string }[];
  readonly now: Date;
}

const words = 'tasks:list';

/** How a task stands, for `partials/pill`. */
export function taskPill({ language }: Reader, { answer }: Pick<StaffTask, 'answer'>) {
  return pill(language, 'staffTask', answer ?? 'open');
}

export function presentTasks(reader: Reader, { tasks, count, wish, filter, steps, now }: TasksInput) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `${words}.${key}`);
  const besides = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== ''));
  const narrowed = Object.keys(besides).length > 0;
  const columns = ['subject', 'state', 'assignee', 'since', 'due', { name: 'waits', number: true }];
  const list = presentListed(reader, { ...tasksOffer, besides }, wish, { words, columns, count });
  return {
    title: phrase(language, 'staff:tasks.title'),
    nothing: count === 0 && !wish.query && !narrowed && wish.filter === 'open',
    list,
    kept: list.kept.filter(({ name }) => !(name in filter)),
    narrowed,
    processes: [
      { value: '', label: says('anyProcess'), chosen: filter.process === '' },
      ...[...new Set([...steps.map(({ process }) => process), ...(filter.process ? [filter.process] : [])])].map(
        (process) => ({
          value: process,
          label: processName(reader, process),
          chosen: process === filter.process,
        }),
      ),
    ],
    steps: [
      { value: '', label: says('anyStep'), chosen: filter.step === '' },
      ...[...new Set([...steps.map(({ step }) => step), ...(filter.step ? [filter.step] : [])])].map((step) => ({
        value: step,
        label: taskWord(language, { step, subject: '…' }, 'title'),
        chosen: step === filter.step,
      })),
    ],
    rows: tasks.map((task) => ({
      title: taskWord(language, task, 'title'),
      about: aboutWhat(language, { ...task, customer: task.customer?.name }),
      address: `/staff/tasks/${task.id}`,
      pill: taskPill(reader, task),
      escalated: task.escalatedAt && phrase(language, `tasks:hands.for.${task.escalatedFor}`),
      assignee: task.assignee?.name ?? '–',
      since: moment(reader, task.since),
      due: moment(reader, task.dueAt),
      late: task.answer === null && task.dueAt <= now,
      waits: duration(reader, (task.answeredAt ?? now).getTime() - task.openedAt.getTime()),
    })),
  };
}

/** `server-provisioning` as the list of workflows calls it. */
function processName({ language }: Reader, process: string): string {
  const camel = process.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const key = process === 'none' ? `${words}.noProcess` : `staff:workflows.kind.${camel}`;
  return hasPhrase(language, key) ? phrase(language, key) : process;
}

const csvColumns = [
  'subject',
  'about',
  'customer',
  'process',
  'state',
  'assignee',
  'since',
  'opened',
  'due',
  'escalated',
];

export function taskCsvHead(reader: Reader): string[] {
  return headOf(reader, words, [...csvColumns, 'decided', 'reason']);
}

export function taskCells(reader: Reader, task: StaffTask): Cell[] {
  const { language } = reader;
  const { subject, customer, workflowId, answer, assignee, since, openedAt, dueAt, escalatedAt, answeredAt, reason } =
    task;
  const process = processName(reader, workflowId?.split(':', 1)[0] ?? 'none');
  const state = phrase(language, `states:staffTask.${answer ?? 'open'}`);
  const said = [taskWord(language, task, 'title'), subject, customer?.name, process, state, assignee?.name];
  return [...said, since, openedAt, dueAt, escalatedAt, answeredAt, reason];
}
