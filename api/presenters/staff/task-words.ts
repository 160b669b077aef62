import { phrase } from '../../../locales/phrases.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import type { Icon } from '../icons.js';

type Task = Pick<StaffTask, 'subject' | 'subjectType' | 'workflowId'>;

const signs: Readonly<Record<ReturnType<typeof matterOf>, Icon>> = { money: 'credit-card-off', hardware: 'server-2' };

/** `Order NQ-10497 of Fjordlys Medietjenester AS`. */
export function aboutWhat(
  language: Language,
  { subjectType, subject, customer }: Pick<Task, 'subject' | 'subjectType'> & { readonly customer: string | undefined },
): string {
  return phrase(language, `staff:about.${subjectType}`, { subject, customer: customer ?? '–' });
}

export function taskIcon(task: Pick<Task, 'workflowId' | 'subjectType'>): Icon {
  return signs[matterOf(task)];
}
