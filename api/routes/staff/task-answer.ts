import type { Response } from 'express';
import { type Processes, ProcessesUnavailable, ProcessRefused, ProcessStillAtIt } from '../../../gateways/processes.js';
import { settleTask } from '../../../models/durable/staff-task-hands.js';
import { taskCaseOf } from '../../../models/staff/task-case.js';
import { NoSuchStaffTask, StepNotSkippable } from '../../../workflows/messages/failures.js';
import { processOfTask, resolveStaffTask } from '../../../workflows/messages/staff-tasks.js';
import { typedText } from '../../forms/fields.js';
import { parseTaskAnswer } from '../../forms/staff/task-answer.js';
import { parseWhy } from '../../forms/staff/task-hands.js';
import { presentGivingUp } from '../../presenters/staff/task.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';
import { type TaskPageDeps, taskOf, taskPage } from './task-page.js';

export interface TaskAnswerDeps extends TaskPageDeps {
  readonly processes: Processes;
}

/** A person says how a process goes on; the answer is the process's to take or refuse. */
export function taskAnswerRoutes({ processes, ...deps }: TaskAnswerDeps): RouteDeclaration[] {
  const { show, theirs } = taskPage(deps);
  const right = { staff: 'tasks:change' } as const;

  /** Giving up cannot be taken back, so it is asked for twice. */
  async function answer(request: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const task = await theirs(request, response);
    const typed = typedText(request.body);
    const form = parseTaskAnswer(request.body);
    if ('wrong' in form)
      return show(response.status(422), task, { rejected: { form: 'answer', typed, wrong: form.wrong } });
    const { note, confirmed, ...said } = form.value;
    const { workflowId } = task;
    if (task.answer || workflowId === null) return show(response.status(409), task, { refusal: NoSuchStaffTask });
    if (said.answer === 'cancel' && !confirmed) {
      const about = await taskCaseOf(task, deps.now());
      return response.render('staff/task-giving-up', presentGivingUp(reader, task, about, note));
    }
    const resolution = { taskId: task.id, answer: said.answer, staffId: staff.id, note };
    try {
      await processes.update(processOfTask, { workflowId }, resolveStaffTask, resolution);
    } catch (error) {
      const { status, refusal } = notTaken(error);
      const rejected = { form: 'answer', typed, wrong: [] } as const; // nothing typed is lost
      return show(response.status(status), await taskOf(request), { refusal, rejected, gone: refusal === 'Gone' });
    }
    response.redirect(303, `/staff/tasks/${task.id}`);
  }

  /** Where no process takes the answer: none ever did, or it is over. One that runs is never passed over. */
  async function settle(request: PathRequest, response: Response): Promise<void> {
    const task = await theirs(request, response);
    const { workflowId } = task;
    const note = parseWhy(request.body);
    if (note === undefined) {
      const rejected = { form: 'answer', typed: typedText(request.body), wrong: ['note'] } as const;
      return show(response.status(422), task, { rejected, gone: true });
    }
    if (workflowId !== null && (await processes.isRunning(processOfTask, { workflowId })))
      return show(response.status(409), task, { refusal: 'StillWaits' });
    const outcome = await settleTask(task.id, note, actOf(request, response, deps.now()));
    if (outcome !== 'done') return show(response.status(409), await taskOf(request), { refusal: NoSuchStaffTask });
    response.redirect(303, `/staff/tasks/${task.id}`);
  }

  return [
    { method: 'post', path: '/staff/tasks/:id/answer', right, handle: answer },
    { method: 'post', path: '/staff/tasks/:id/settlement', right, handle: settle },
  ];
}

/** What the reader is told, as `staff:task.refused.<refusal>`: the process's own refusals, that it is gone, or silence. */
function notTaken(error: unknown): { status: number; refusal: string } {
  if (error instanceof ProcessStillAtIt) return { status: 503, refusal: 'StillAtIt' };
  if (error instanceof ProcessesUnavailable) return { status: 503, refusal: 'Silent' };
  if (!(error instanceof ProcessRefused)) throw error;
  const known = [NoSuchStaffTask, StepNotSkippable].find((each) => each === error.refusal);
  return { status: 409, refusal: known ?? 'Gone' };
}
