import { phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import { givingUp } from '../../../rules/durable/giving-up.js';
import { duration, moment, type Reader } from '../moments.js';
import { addressOfCustomer, customerFacts } from './customer-facts.js';
import { customerReads } from './customer-reads.js';
import { consequencesOf } from './giving-up.js';
import { happenedOutside } from './happened.js';
import { troubleOutside } from './happened-trouble.js';
import { presentAnswerForm } from './task-form.js';
import { presentHands, presentNotes } from './task-hands.js';
import type { TaskInput } from './task-input.js';
import { linksOf } from './task-links.js';
import { presentRest, restOf } from './task-rest.js';
import { presentTaskStory, whatNext, whatNextAtRest } from './task-story.js';
import { aboutWhat, wordedStep } from './task-words.js';
import { taskPill } from './tasks.js';

/** One task's page. */
export function presentTask(reader: Reader, input: TaskInput) {
  const { task, about, workflow, mayDecide, refusal, now } = input;
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `staff:task.${key}`, values);
  const waited = duration(reader, now.getTime() - task.openedAt.getTime());
  const open = task.answer === null;
  const rest = restOf(task, about);
  const step = wordedStep(task, about.about);
  const standing = open ? says('waiting', { time: waited }) : says('decidedAlready');
  return {
    title: taskWord(language, step, 'title'),
    crumbs: [{ label: phrase(language, 'staff:tasks.title'), address: '/staff/tasks' }],
    pill: taskPill(reader, task),
    about: `${aboutWhat(language, { ...task, customer: task.customer?.name })}. ${standing}`,
    links: linksOf(reader, task, about.about),
    workflow,
    refusal: refusal && says(`refused.${refusal}`),
    failed: taskWord(language, step, 'failed'),
    since: moment(reader, task.since),
    technical: `${task.step}\n${task.workflowId ?? '–'}\n${task.reason}`,
    happened: [...happenedOutside(reader, about.about), ...troubleOutside(reader, about)],
    customerReads: open ? customerReads(reader, about, now) : undefined,
    form: open && mayDecide ? presentAnswerForm(reader, input) : undefined,
    notYours: (open || rest !== undefined) && !mayDecide,
    rest: rest && mayDecide ? presentRest(reader, input, rest) : undefined,
    decision: open ? undefined : presentDecision(reader, input),
    hands: presentHands(reader, input),
    notes: presentNotes(reader, input),
    customer: task.customer && {
      facts: customerFacts(reader, task.customer),
      address: addressOfCustomer(task.customer.number),
    },
    next: open ? whatNext(reader, task) : rest && whatNextAtRest(reader, rest),
    story: presentTaskStory(reader, task, about),
  };
}

/** Before something is given up: what that means, thing by thing, and whether it is for good. */
export function presentGivingUp(reader: Reader, task: StaffTask, { about }: TaskCase, note: string) {
  const { subject } = task;
  const { language } = reader;
  const step = wordedStep(task, about);
  const rests = givingUp(task) === 'rests';
  return {
    title: phrase(language, 'staff:task.giveUp.title', { subject }),
    crumbs: [
      { label: phrase(language, 'staff:tasks.title'), address: '/staff/tasks' },
      { label: taskWord(language, step, 'title'), address: `/staff/tasks/${task.id}` },
    ],
    heading: phrase(language, `staff:task.giveUp.${rests ? 'rests' : 'final'}`),
    tone: rests ? 'warn' : 'bad',
    effect: taskWord(language, step, 'cancel'),
    lines: consequencesOf(reader, task, about),
    confirm: phrase(language, 'staff:task.giveUp.confirm', { subject }),
    address: `/staff/tasks/${task.id}`,
    note,
  };
}

function presentDecision(reader: Reader, { task, about }: TaskInput) {
  const { answer, answeredAt } = task;
  if (!answer || !answeredAt) return undefined;
  const says = (key: string, values = {}) => phrase(reader.language, `staff:task.${key}`, values);
  const who = about.answeredBy ?? says('nobody');
  return {
    sentence: says(`decision.${answer}`, { who }),
    effect: about.answeredBy && taskWord(reader.language, wordedStep(task, about.about), answer),
    at: moment(reader, answeredAt),
  };
}
