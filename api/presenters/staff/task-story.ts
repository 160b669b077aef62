import { phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { StaffTaskEvent } from '../../../models/durable/staff-task-event.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import { escalationOf } from '../../../rules/durable/task-deadlines.js';
import type { Icon } from '../icons.js';
import { type Moment, moment, type Reader } from '../moments.js';
import type { Tone } from '../pill.js';
import { presentStory } from '../timeline.js';
import { wordedStep } from './task-words.js';

interface Entry {
  readonly tone: Tone;
  readonly icon: Icon;
  readonly sentence: string;
  readonly moment: Moment;
}

const looks: Readonly<Record<StaffTaskEvent['event'], { tone: Tone; icon: Icon }>> = {
  assigned: { tone: 'info', icon: 'user-circle' },
  unassigned: { tone: 'idle', icon: 'user-circle' },
  noted: { tone: 'idle', icon: 'file-text' },
  put_off: { tone: 'idle', icon: 'clock-pause' },
  escalated: { tone: 'bad', icon: 'clock-exclamation' },
};

/** What happens by itself while nobody decides. */
export function whatNext(reader: Reader, task: StaffTask): { tone: Tone; text: string } {
  const { escalatedAt, workflowId } = task;
  const says = (key: string, values = {}) => phrase(reader.language, `tasks:next.${key}`, values);
  const waits = says(workflowId === null ? 'withoutProcess' : 'withProcess');
  if (escalatedAt)
    return { tone: 'bad', text: `${waits} ${says('escalated', { at: moment(reader, escalatedAt).text })}` };
  const { at, reason } = escalationOf(task);
  return { tone: 'warn', text: `${waits} ${says(reason, { at: moment(reader, at).text })}` };
}

/** What happens by itself to what somebody gave up. */
export function whatNextAtRest(reader: Reader, until: Date): { tone: Tone; text: string } {
  return { tone: 'warn', text: phrase(reader.language, 'tasks:next.resting', { at: moment(reader, until).text }) };
}

/** For `partials/timeline`: what became of the task, among what happened to the thing it is about; newest first. */
export function presentTaskStory(
  reader: Reader,
  task: StaffTask,
  { about, events, earlier, nameOf }: TaskCase,
): Entry[] {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `tasks:story.${key}`, values);
  const title = taskWord(language, wordedStep(task, about), 'title');
  const own: Entry[] = [
    { tone: 'bad', icon: 'alert-triangle', sentence: says('opened', { title }), moment: moment(reader, task.openedAt) },
    ...events
      .filter(({ event }) => event !== 'noted')
      .map((event) => ({
        ...looks[event.event],
        sentence: eventSentence(reader, event),
        moment: moment(reader, event.happenedAt),
      })),
    ...[task, ...earlier].flatMap((each) => answered(reader, each, nameOf)),
  ];
  return [...own, ...presentStory(reader, about.story)].sort((one, other) =>
    other.moment.instant.localeCompare(one.moment.instant),
  );
}

function answered({ language, ...reader }: Reader, task: StaffTask, nameOf: TaskCase['nameOf']): Entry[] {
  const { answer, answeredAt, answeredBy } = task;
  if (!answer || !answeredAt) return [];
  const who = nameOf(answeredBy) ?? phrase(language, 'staff:task.nobody');
  const sentence = `${taskWord(language, task, 'title')}. ${phrase(language, `staff:task.decision.${answer}`, { who })}`;
  return [{ tone: 'info', icon: 'list-check', sentence, moment: moment({ language, ...reader }, answeredAt) }];
}

function eventSentence(reader: Reader, { event, staff, assignee, note, dueAt }: StaffTaskEvent): string {
  const own = event === 'assigned' && staff?.id === assignee?.id;
  const at = dueAt ? moment(reader, dueAt).text : '';
  const values = { who: staff?.name, to: assignee?.name, note: note ? `“${note}”` : '', at };
  return phrase(reader.language, `tasks:story.${own ? 'taken' : event}`, values).trim();
}
