import { phrase } from '../../../locales/phrases.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import { moment, type Reader } from '../moments.js';
import type { TaskInput } from './task-input.js';

/** Until when the step rests that was given up by this task; nothing where it does not, or no more. */
export function restOf({ answer }: StaffTask, { cancellation }: Pick<TaskCase, 'cancellation'>): Date | undefined {
  return answer === 'cancel' ? (cancellation?.restingUntil ?? undefined) : undefined;
}

/** When it is tried again by itself, and the form that has it tried at once. */
export function presentRest(reader: Reader, { task, rejected }: TaskInput, until: Date) {
  const says = (key: string, values = {}) => phrase(reader.language, `staff:task.${key}`, values);
  const back = rejected?.form === 'rest' ? rejected : undefined;
  const error = back?.wrong.includes('note') ? says('errors.note') : undefined;
  return {
    action: `/staff/tasks/${task.id}/resumption`,
    text: says('rest.text', { at: moment(reader, until).text }),
    note: back?.typed.note ?? '',
    noteError: error,
    errors: error && [{ field: 'note', text: error }],
  };
}
