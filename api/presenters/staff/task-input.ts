import type { StaffMember } from '../../../models/accounts/staff-member.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import type { TaskAnswerField } from '../../forms/staff/task-answer.js';

/** A form of the page that came back, with what was typed into it. */
export interface RejectedAnswer {
  readonly form: 'answer' | 'note' | 'due' | 'rest';
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly TaskAnswerField[];
}

export interface TaskInput {
  readonly task: StaffTask;
  readonly about: TaskCase;
  readonly workflow: string | undefined;
  readonly reader: Pick<StaffMember, 'id'>;
  /** Whether the reader may decide about such a thing. */
  readonly mayDecide: boolean;
  readonly rejected?: RejectedAnswer | undefined;
  /** Why nothing was done with what was sent, as a phrase `staff:task.refused.<…>`. */
  readonly refusal?: string | undefined;
  /** Its process is known to run no more: staff close the task by hand. */
  readonly gone?: boolean | undefined;
  readonly now: Date;
}
