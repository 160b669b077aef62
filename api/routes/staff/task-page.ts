import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { StaffTask } from '../../../models/durable/staff-task.js';
import { taskCaseOf } from '../../../models/staff/task-case.js';
import { staffMayDecide } from '../../../rules/accounts/staff-rights.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import { isUuid } from '../../forms/fields.js';
import { Forbidden } from '../../middleware/errors.js';
import { presentTask } from '../../presenters/staff/task.js';
import type { TaskInput } from '../../presenters/staff/task-input.js';
import { type TemporalUi, workflowAddress } from '../../presenters/staff/temporal-ui.js';
import type { PathRequest } from '../../routing.js';

export interface TaskPageDeps {
  readonly now: () => Date;
  readonly temporalUi?: TemporalUi | undefined;
}

type Outcome = Pick<TaskInput, 'rejected' | 'refusal' | 'gone'>;

/** The page of one task, for all that is sent from it: it comes back with what was wrong, or why nothing was done. */
export function taskPage({ now, temporalUi }: TaskPageDeps) {
  return {
    async show(response: Response, task: StaffTask, outcome: Outcome = {}): Promise<void> {
      const { reader, staff } = response.locals;
      const at = now();
      const about = await taskCaseOf(task, at);
      const workflow = workflowAddress(temporalUi, task.workflowId);
      const mayDecide = staffMayDecide(staff.role, matterOf(task));
      const input = { task, about, workflow, reader: staff, mayDecide, now: at, ...outcome };
      response.render('staff/task', presentTask(reader, input));
    },

    /** One that whoever sends this may decide. */
    async theirs(request: PathRequest, { locals: { staff } }: Response): Promise<StaffTask> {
      const task = await taskOf(request);
      if (!staffMayDecide(staff.role, matterOf(task))) throw new Forbidden('not theirs to decide');
      return task;
    },
  };
}

export async function taskOf({ params: { id } }: PathRequest): Promise<StaffTask> {
  if (!isUuid(id)) throw new NotFoundError({});
  return StaffTask.query().findById(id).withGraphFetched('customer').throwIfNotFound();
}
