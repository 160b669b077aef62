import { phrase } from '../../../locales/phrases.js';
import { type TaskWord, taskWord } from '../../../locales/task-words.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import { usualSeconds } from '../../../rules/servers/provisioning-steps.js';
import type { StaffAnswer } from '../../../workflows/messages/staff-tasks.js';
import type { TaskAnswerField } from '../../forms/staff/task-answer.js';
import { duration, type Reader } from '../moments.js';
import { type Consequence, consequencesOf } from './giving-up.js';
import type { TaskInput } from './task-input.js';
import { wordedStep } from './task-words.js';

/** What shall happen: each choice with what it will do; only the note, where no process takes the answer. */
export function presentAnswerForm(reader: Reader, input: TaskInput) {
  const { task, rejected, gone } = input;
  const says = (key: string) => phrase(reader.language, `staff:task.${key}`);
  const wrong = rejected?.form === 'answer' ? rejected.wrong : [];
  const error = (field: TaskAnswerField) => (wrong.includes(field) ? says(`errors.${field}`) : undefined);
  const settles = gone || task.workflowId === null;
  const base = `/staff/tasks/${task.id}`;
  const step = wordedStep(task, input.about.about);
  return {
    action: settles ? `${base}/settlement` : `${base}/answer`,
    errors: wrong.length > 0 ? wrong.map((field) => ({ field, text: says(`errors.${field}`) })) : undefined,
    answerError: error('answer'),
    noteError: error('note'),
    note: rejected?.form === 'answer' ? (rejected.typed.note ?? '') : '',
    effect: settles ? taskWord(reader.language, step, 'done') : undefined,
    choices: settles ? undefined : choicesOf(reader, input, step),
    submit: says(settles ? 'answers.done' : 'submit'),
  };
}

function choicesOf(reader: Reader, { task, about, rejected }: TaskInput, step: Parameters<typeof taskWord>[1]) {
  const { language } = reader;
  const offered: StaffAnswer[] = task.skippable ? ['retry', 'skip', 'cancel'] : ['retry', 'cancel'];
  const chosen = rejected?.form === 'answer' ? rejected.typed.answer : 'retry';
  const lines: Partial<Record<StaffAnswer, readonly Consequence[]>> = {
    retry: usuallyDone(reader, about),
    cancel: consequencesOf(reader, task, about.about),
  };
  return offered.map((value) => ({
    value,
    label: phrase(language, `staff:task.answers.${value}`),
    detail: taskWord(language, step, value satisfies TaskWord),
    lines: lines[value],
    chosen: value === chosen,
  }));
}

/** From past runs of the step in which the process stands. */
function usuallyDone(reader: Reader, { running, past }: TaskCase): Consequence[] {
  const seconds = running && usualSeconds((past as Record<string, number[]>)[running.step] ?? []);
  if (seconds === undefined) return [];
  const time = duration(reader, seconds * 1_000);
  return [{ icon: 'clock', text: phrase(reader.language, 'tasks:page.usually', { time }) }];
}
