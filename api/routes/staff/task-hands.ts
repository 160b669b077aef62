import type { Response } from 'express';
import { StaffMember } from '../../../models/accounts/staff-member.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import { assignTask, type HandsOutcome, noteOnTask, putTaskOff } from '../../../models/durable/staff-task-hands.js';
import { staffMayDecide } from '../../../rules/accounts/staff-rights.js';
import { matterOf } from '../../../rules/durable/task-matter.js';
import { NoSuchStaffTask } from '../../../workflows/messages/failures.js';
import { typedText } from '../../forms/fields.js';
import { parseAssignment, parseNote, parsePuttingOff } from '../../forms/staff/task-hands.js';
import { Unprocessable } from '../../middleware/errors.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';
import { type TaskPageDeps, taskOf, taskPage } from './task-page.js';

/** A task passes from hand to hand, is written on, and put off, while its process waits. */
export function taskHandsRoutes(deps: TaskPageDeps): RouteDeclaration[] {
  const { show, theirs } = taskPage(deps);
  const right = { staff: 'tasks:change' } as const;
  const path = '/staff/tasks/:id';
  const act = (request: PathRequest, response: Response) => actOf(request, response, deps.now());

  async function assign(request: PathRequest, response: Response): Promise<void> {
    const task = await theirs(request, response);
    const form = parseAssignment(request.body);
    if (!form || !(await mayHave(form.to, task))) throw new Unprocessable('not one of those who may have it');
    await done(request, response, await assignTask(task.id, form, act(request, response)));
  }

  async function note(request: PathRequest, response: Response): Promise<void> {
    const task = await theirs(request, response);
    const text = parseNote(request.body);
    if (text === undefined) {
      const rejected = { form: 'note', typed: typedText(request.body), wrong: [] } as const;
      return show(response.status(422), task, { rejected });
    }
    await done(request, response, await noteOnTask(task.id, text, act(request, response)));
  }

  async function putOff(request: PathRequest, response: Response): Promise<void> {
    const task = await theirs(request, response);
    const form = parsePuttingOff(request.body);
    if (!form) {
      const rejected = { form: 'due', typed: typedText(request.body), wrong: [] } as const;
      return show(response.status(422), task, { rejected });
    }
    await done(request, response, await putTaskOff(task.id, form, act(request, response)));
  }

  /** Back to the page; or the page as it stands now, saying why nothing was done. */
  async function done(request: PathRequest, response: Response, outcome: HandsOutcome): Promise<void> {
    const task = await taskOf(request);
    if (outcome === 'done') return response.redirect(303, `/staff/tasks/${task.id}`);
    await show(response.status(409), task, { refusal: outcome === 'moved' ? 'Moved' : NoSuchStaffTask });
  }

  return [
    { method: 'post', path: `${path}/assignment`, right, handle: assign },
    { method: 'post', path: `${path}/notes`, right, handle: note },
    { method: 'post', path: `${path}/due`, right, handle: putOff },
  ];
}

async function mayHave(id: string | null, task: StaffTask): Promise<boolean> {
  if (id === null) return true;
  const member = await StaffMember.query().modify('enabled').findById(id);
  return member !== undefined && staffMayDecide(member.role, matterOf(task));
}
