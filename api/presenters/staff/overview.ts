import { formatMoney } from '../../../locales/formats.js';
import { dateFormat } from '../../../locales/formatters.js';
import { phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Amounts, Figures, OrderUnderWay } from '../../../models/staff/overview.js';
import { duration, type Reader } from '../moments.js';
import { usualMsOf } from './order-steps.js';
import { presentUnderWay } from './orders-under-way.js';
import { aboutWhat, taskIcon } from './task-words.js';

export interface OverviewInput {
  readonly figures: Figures;
  /** The oldest open ones. */
  readonly tasks: readonly StaffTask[];
  readonly orders: readonly OrderUnderWay[];
  /** Seconds each step took in the past. */
  readonly past: Readonly<Record<string, readonly number[]>>;
  readonly clusterAnswers: boolean;
  readonly now: Date;
}

const ORDERS_SHOWN = 8;
const LOW = 2;

export function presentOverview(reader: Reader, input: OverviewInput) {
  const { figures, tasks, orders, past, now } = input;
  const says = (key: string, values = {}) => phrase(reader.language, `staff:overview.${key}`, values);
  const underWay = orders.map((order) => presentUnderWay(reader, order, usualMsOf(order.step, past), now));
  return {
    title: says('title'),
    at: dateAndHour(reader, now),
    kpis: kpisOf(reader, figures, underWay.filter(({ slow }) => slow).length, orders.length, now),
    tasks: tasks.map((task) => ({
      tone: 'bad',
      icon: taskIcon(task),
      title: taskWord(reader.language, task, 'title'),
      address: `/staff/tasks/${task.id}`,
      text: aboutWhat(reader.language, { ...task, customer: task.customer?.name }),
      aside: duration(reader, now.getTime() - task.since.getTime()),
      act: { label: says('decide'), address: `/staff/tasks/${task.id}` },
    })),
    taskCount: figures.tasks,
    allTasks: says('allTasks', { count: figures.tasks }),
    orders: underWay.slice(0, ORDERS_SHOWN),
    moreOrders: orders.length > ORDERS_SHOWN,
    outside: outsideOf(reader, input),
    stock: figures.stock.map((row) => ({
      ...row,
      low: row.ready <= LOW && says(row.ready ? 'low' : 'soldOut', { count: row.ready }),
    })),
  };
}

function kpisOf(
  reader: Reader,
  { tasks, oldestTask, failed, taken }: Figures,
  slow: number,
  orders: number,
  now: Date,
) {
  const says = (key: string, values = {}) => phrase(reader.language, `staff:overview.${key}`, values);
  const count = (amounts: readonly Amounts[]) => amounts.reduce((sum, { documents }) => sum + documents, 0);
  const unknown = failed.reduce((sum, amounts) => sum + amounts.unknown, 0);
  const oldest = oldestTask && duration(reader, now.getTime() - oldestTask.getTime());
  return [
    {
      label: says('needsDecision'),
      figure: tasks,
      detail: oldest ? says('oldest', { time: oldest }) : says('none'),
      address: '/staff/tasks',
      bad: tasks > 0,
    },
    {
      label: says('failedPayments'),
      figure: amountsOf(reader, failed),
      detail: says(unknown ? 'failedUnknown' : 'invoices', { count: count(failed), unknown }),
      address: '/staff/payments',
    },
    {
      label: says('preparing'),
      figure: orders,
      detail: slow > 0 ? says('slower', { count: slow }) : says('asUsual'),
      address: '/staff/workflows?kind=order',
    },
    { label: says('taken'), figure: amountsOf(reader, taken), detail: says('invoices', { count: count(taken) }) },
  ];
}

function dateAndHour({ language, timeZone }: Reader, now: Date): string {
  return dateFormat(language, { dateStyle: 'full', timeStyle: 'short', timeZone }).format(now);
}

/** Amounts of several currencies stand side by side; they are never added. */
function amountsOf({ language }: Reader, amounts: readonly Amounts[]): string {
  return amounts.map((amount) => formatMoney(language, amount)).join(' + ') || '0';
}

/** Only what was measured for this page. */
function outsideOf({ language }: Reader, { figures, clusterAnswers }: OverviewInput) {
  const says = (key: string, values = {}) => phrase(language, `staff:overview.${key}`, values);
  const answers = { tone: 'ok', icon: 'circle-check', text: says('answers') };
  const silent = { tone: 'bad', icon: 'circle-x', text: says('silent') };
  return [
    {
      name: says('cluster'),
      detail: says('notStarted', { count: figures.notStarted }),
      pill: clusterAnswers ? answers : silent,
    },
    { name: says('database'), detail: says('databaseDetail'), pill: answers },
  ];
}
