import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { type Processes, ProcessRefused } from '../../../gateways/processes.js';
import { StaffMember } from '../../../models/accounts/staff-member.js';
import { StaffTask } from '../../../models/durable/staff-task.js';
import { tasksFound } from '../../../models/durable/staff-task-search.js';
import { caseOf } from '../../../models/staff/case.js';
import { staffMayDecide } from '../../../rules/accounts/staff-rights.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import { NoSuchStaffTask, StepNotSkippable } from '../../../workflows/messages/failures.js';
import { processOfTask, resolveStaffTask } from '../../../workflows/messages/staff-tasks.js';
import { isUuid, typedText } from '../../forms/fields.js';
import { parseTaskAnswer } from '../../forms/staff/task-answer.js';
import { Forbidden } from '../../middleware/errors.js';
import { readListWish } from '../../presenters/list.js';
import { presentGivingUp, presentTask, type RejectedAnswer } from '../../presenters/staff/task.js';
import { presentTasks, tasksOffer } from '../../presenters/staff/tasks.js';
import { type TemporalUi, workflowAddress } from '../../presenters/staff/temporal-ui.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

export interface TaskDeps {
  readonly processes: Processes;
  readonly now: () => Date;
  readonly temporalUi?: TemporalUi | undefined;
}

/** Steps that outlasted their patience: what went wrong, and how a person says that it goes on. */
export function staffTaskRoutes({ processes, now, temporalUi }: TaskDeps): RouteDeclaration[] {
  async function list(request: PathRequest, response: Response): Promise<void> {
    const wish = readListWish(request.query, tasksOffer);
    const { query, sort, direction, offset, limit } = wish;
    const found = tasksFound({ show: wish.filter ?? 'open', query, sort, direction });
    const { results: tasks, total: count } = await found.range(offset, offset + limit - 1);
    response.render('staff/tasks', presentTasks(response.locals.reader, { tasks, count, wish, now: now() }));
  }

  async function show(
    response: Response,
    task: StaffTask,
    outcome: { rejected?: RejectedAnswer; refusal?: string } = {},
  ): Promise<void> {
    const { reader, staff } = response.locals;
    const at = now();
    const [about, answeredBy] = await Promise.all([caseOf(task.workflowId, at), nameOf(task.answeredBy)]);
    const workflow = workflowAddress(temporalUi, task.workflowId);
    const mayDecide = staffMayDecide(staff.role, matterOf(task));
    const input = { task, about, workflow, mayDecide, answeredBy, now: at, ...outcome };
    response.render('staff/task', presentTask(reader, input));
  }

  /** Giving up cannot be taken back, so it is asked for twice; the answer itself is the process's to take or refuse. */
  async function answer(request: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const task = await taskOf(request);
    if (!staffMayDecide(staff.role, matterOf(task))) throw new Forbidden('not theirs to decide');
    const form = parseTaskAnswer(request.body);
    if ('wrong' in form) {
      return show(response.status(422), task, { rejected: { typed: typedText(request.body), wrong: form.wrong } });
    }
    const { answer, note, confirmed } = form.value;
    const { workflowId } = task;
    if (task.answer || workflowId === null) return show(response.status(409), task, { refusal: NoSuchStaffTask });
    if (answer === 'cancel' && !confirmed) {
      return response.render('staff/task-giving-up', presentGivingUp(reader, task, note));
    }
    const resolution = { taskId: task.id, answer, staffId: staff.id, note };
    try {
      await processes.update(processOfTask, { workflowId }, resolveStaffTask, resolution);
    } catch (error) {
      if (!(error instanceof ProcessRefused)) throw error;
      return show(response.status(409), await taskOf(request), { refusal: spoken(error) });
    }
    response.redirect(303, `/staff/tasks/${task.id}`);
  }

  const seen = { staff: 'tasks:see' } as const;
  const changed = { staff: 'tasks:change' } as const;
  const path = '/staff/tasks/:id';
  return [
    { method: 'get', path: '/staff/tasks', right: seen, handle: list },
    { method: 'get', path, right: seen, handle: async (request, response) => show(response, await taskOf(request)) },
    { method: 'post', path: `${path}/answer`, right: changed, handle: answer },
  ];
}

async function taskOf({ params: { id } }: PathRequest): Promise<StaffTask> {
  if (!isUuid(id)) throw new NotFoundError({});
  return StaffTask.query().findById(id).withGraphFetched('customer').throwIfNotFound();
}

/** Nothing where the process itself closed the task. */
async function nameOf(staffId: string | null): Promise<string | undefined> {
  if (!isUuid(staffId)) return undefined;
  return (await StaffMember.query().findById(staffId))?.name;
}

/** The refusals that have words of their own; with any other the process is gone. */
function spoken({ refusal }: ProcessRefused): string {
  return [NoSuchStaffTask, StepNotSkippable].find((known) => known === refusal) ?? 'Gone';
}
