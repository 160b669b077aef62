import { phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Case } from '../../../models/staff/case.js';
import type { StaffAnswer } from '../../../workflows/messages/staff-tasks.js';
import type { TaskAnswerField } from '../../forms/staff/task-answer.js';
import { duration, moment, type Reader } from '../moments.js';
import { presentStory } from '../timeline.js';
import { customerFacts } from './customer-facts.js';
import { happenedOutside } from './happened.js';
import { aboutWhat } from './task-words.js';
import { taskPill } from './tasks.js';

export interface RejectedAnswer {
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly TaskAnswerField[];
}

export interface TaskInput {
  readonly task: StaffTask;
  readonly about: Case;
  readonly workflow: string | undefined;
  /** Whether the reader may decide about such a thing. */
  readonly mayDecide: boolean;
  readonly answeredBy: string | undefined;
  readonly rejected?: RejectedAnswer | undefined;
  /** Why the process did not take the answer: a failure type, or that it runs no more. */
  readonly refusal?: string | undefined;
  readonly now: Date;
}

export function presentTask(reader: Reader, input: TaskInput) {
  const { task, about, workflow, mayDecide, refusal, now } = input;
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `staff:task.${key}`, values);
  const waited = duration(reader, now.getTime() - task.since.getTime());
  const open = task.answer === null;
  return {
    title: taskWord(language, task, 'title'),
    crumbs: [{ label: phrase(language, 'staff:tasks.title'), address: '/staff/tasks' }],
    pill: taskPill(reader, task),
    about: `${aboutWhat(language, { ...task, customer: task.customer?.name })}. ${
      open ? says('waiting', { time: waited }) : says('decidedAlready')
    }`,
    order: about.order && `/staff/orders/${about.order.number}`,
    workflow,
    refusal: refusal && says(`refused.${refusal}`),
    failed: taskWord(language, task, 'failed'),
    since: moment(reader, task.since),
    technical: `${task.step}\n${task.workflowId}\n${task.reason}`,
    happened: happenedOutside(reader, about),
    form: open && mayDecide ? presentForm(reader, input) : undefined,
    notYours: open && !mayDecide,
    decision: open ? undefined : presentDecision(reader, input),
    customer: task.customer && customerFacts(reader, task.customer),
    next: open ? { tone: 'warn', text: says('next') } : undefined,
    story: presentStory(reader, about.story),
  };
}

/** Before a process is given up for good: what that means. */
export function presentGivingUp({ language }: Reader, task: StaffTask, note: string) {
  const { subject } = task;
  return {
    title: phrase(language, 'staff:task.giveUp.title', { subject }),
    crumbs: [
      { label: phrase(language, 'staff:tasks.title'), address: '/staff/tasks' },
      { label: taskWord(language, task, 'title'), address: `/staff/tasks/${task.id}` },
    ],
    effect: taskWord(language, task, 'cancel'),
    confirm: phrase(language, 'staff:task.giveUp.confirm', { subject }),
    address: `/staff/tasks/${task.id}`,
    note,
  };
}

function presentForm({ language }: Reader, { task, rejected }: TaskInput) {
  const says = (key: string) => phrase(language, `staff:task.${key}`);
  const offered: StaffAnswer[] = task.skippable ? ['retry', 'skip', 'cancel'] : ['retry', 'cancel'];
  const error = (field: TaskAnswerField) => (rejected?.wrong.includes(field) ? says(`errors.${field}`) : undefined);
  const chosen = rejected ? rejected.typed.answer : 'retry';
  return {
    action: `/staff/tasks/${task.id}/answer`,
    errors: rejected?.wrong.map((field) => ({ field, text: says(`errors.${field}`) })),
    answerError: error('answer'),
    noteError: error('note'),
    note: rejected?.typed.note ?? '',
    choices: offered.map((value) => ({
      value,
      label: says(`answers.${value}`),
      detail: taskWord(language, task, value),
      chosen: value === chosen,
    })),
  };
}

function presentDecision(reader: Reader, { task, answeredBy }: TaskInput) {
  const { answer, answeredAt } = task;
  if (!answer || !answeredAt) return undefined;
  const says = (key: string, values = {}) => phrase(reader.language, `staff:task.${key}`, values);
  const who = answeredBy ?? says('nobody');
  return {
    sentence: says(`decision.${answer}`, { who }),
    effect: taskWord(reader.language, task, answer),
    at: moment(reader, answeredAt),
  };
}
