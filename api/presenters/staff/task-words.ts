import { hasPhrase, phrase } from '../../../locales/phrases.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import type { Icon } from '../icons.js';

type Task = Pick<StaffTask, 'step' | 'subject' | 'subjectType' | 'workflowId'>;
type Word = 'title' | 'failed' | 'retry' | 'skip' | 'cancel';

const signs: Readonly<Record<ReturnType<typeof matterOf>, Icon>> = { money: 'credit-card-off', hardware: 'server-2' };

/** What a task says of its step, under `staff:task.<step>`; of one that an older version opened, what fits any step. */
export function taskWord(language: Language, { step, subject }: Pick<Task, 'step' | 'subject'>, word: Word): string {
  const key = `staff:task.${step}.${word}`;
  return phrase(language, hasPhrase(language, key) ? key : `staff:task.other.${word}`, { step, subject });
}

/** `Order NQ-10497 of Fjordlys Medietjenester AS`. */
export function aboutWhat(
  language: Language,
  { subjectType, subject, customer }: Pick<Task, 'subject' | 'subjectType'> & { readonly customer: string | undefined },
): string {
  return phrase(language, `staff:about.${subjectType}`, { subject, customer: customer ?? '–' });
}

export function taskIcon(task: Pick<Task, 'workflowId'>): Icon {
  return signs[matterOf(task)];
}
