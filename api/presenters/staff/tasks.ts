import { phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import { type ListOffer, type ListWish, presentList } from '../list.js';
import { duration, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { aboutWhat } from './task-words.js';

export const tasksOffer = {
  id: 'tasks',
  address: '/staff/tasks',
  sorts: ['since', 'subject'],
  filters: ['open', 'decided', 'all'],
  searchable: true,
} as const satisfies ListOffer;

export type TasksWish = ListWish<(typeof tasksOffer.sorts)[number], (typeof tasksOffer.filters)[number]>;

/** How a task stands, for `partials/pill`. */
export function taskPill({ language }: Reader, { answer }: Pick<StaffTask, 'answer'>) {
  return pill(language, 'staffTask', answer ?? 'open');
}

export function presentTasks(
  reader: Reader,
  { tasks, count, wish, now }: { tasks: readonly StaffTask[]; count: number; wish: TasksWish; now: Date },
) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:tasks.${key}`);
  const columns = [
    { label: says('task'), sort: 'subject' as const },
    { label: says('state') },
    { label: says('since'), sort: 'since' as const },
    { label: says('waits'), number: true },
  ];
  const filters = { open: { label: says('open') }, decided: { label: says('decided') }, all: { label: says('all') } };
  return {
    title: says('title'),
    nothing: count === 0 && !wish.query && wish.filter === 'open',
    list: presentList(tasksOffer, wish, { language, columns, filters, count }),
    rows: tasks.map((task) => ({
      title: taskWord(language, task, 'title'),
      about: aboutWhat(language, { ...task, customer: task.customer?.name }),
      address: `/staff/tasks/${task.id}`,
      pill: taskPill(reader, task),
      since: moment(reader, task.since),
      waits: duration(reader, (task.answeredAt ?? now).getTime() - task.since.getTime()),
    })),
  };
}
