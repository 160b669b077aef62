import type { Response } from 'express';
import { ProcessesUnavailable, ProcessRefused, ProcessStillAtIt } from '../../../gateways/processes.js';
import { taskCaseOf } from '../../../models/staff/task-case.js';
import { NotResting } from '../../../workflows/messages/failures.js';
import { takeUpCancellation } from '../../../workflows/messages/service-cancellation.js';
import { processOfTask } from '../../../workflows/messages/staff-tasks.js';
import { typedText } from '../../forms/fields.js';
import { parseWhy } from '../../forms/staff/task-hands.js';
import { restOf } from '../../presenters/staff/task-rest.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { TaskAnswerDeps } from './task-answer.js';
import { taskOf, taskPage } from './task-page.js';

/** What was given up and rests is tried again at once, at the word of somebody who may decide about it. */
export function taskRestRoutes({ processes, ...deps }: TaskAnswerDeps): RouteDeclaration[] {
  const { show, theirs } = taskPage(deps);

  async function takeUp(request: PathRequest, response: Response): Promise<void> {
    const { staff } = response.locals;
    const task = await theirs(request, response);
    const { workflowId } = task;
    if (workflowId === null || !restOf(task, await taskCaseOf(task, deps.now())))
      return show(response.status(409), task, { refusal: NotResting });
    const note = parseWhy(request.body);
    const typed = typedText(request.body);
    if (note === undefined)
      return show(response.status(422), task, { rejected: { form: 'rest', typed, wrong: ['note'] } });
    const by = { staffId: staff.id, address: request.ip ?? '' };
    try {
      await processes.update(processOfTask, { workflowId }, takeUpCancellation, { by, note });
    } catch (error) {
      const { status, refusal } = notTaken(error);
      return show(response.status(status), await taskOf(request), {
        refusal,
        rejected: { form: 'rest', typed, wrong: [] },
      });
    }
    response.redirect(303, `/staff/tasks/${task.id}`);
  }

  return [{ method: 'post', path: '/staff/tasks/:id/resumption', right: { staff: 'tasks:change' }, handle: takeUp }];
}

/** What the reader is told, as `staff:task.refused.<refusal>`. */
function notTaken(error: unknown): { status: number; refusal: string } {
  if (error instanceof ProcessStillAtIt) return { status: 503, refusal: 'StillAtIt' };
  if (error instanceof ProcessesUnavailable) return { status: 503, refusal: 'Silent' };
  if (!(error instanceof ProcessRefused)) throw error;
  return { status: 409, refusal: error.refusal === NotResting ? NotResting : 'GoneAtRest' };
}
