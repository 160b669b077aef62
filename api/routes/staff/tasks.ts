import type { Response } from 'express';
import { countTasks, listTasks, stepsOfOpenTasks } from '../../../models/durable/staff-task-search.js';
import { sendCsv } from '../../csv-download.js';
import { readTaskFilter } from '../../forms/staff/task-filter.js';
import { readListWish } from '../../presenters/list.js';
import { presentTasks, taskCells, taskCsvHead, tasksOffer } from '../../presenters/staff/tasks.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { type TaskPageDeps, taskOf, taskPage } from './task-page.js';

/** Steps that outlasted their patience: whose they are, until when, what went wrong. */
export function staffTaskRoutes(deps: TaskPageDeps): RouteDeclaration[] {
  const { now } = deps;
  const { show } = taskPage(deps);
  const right = { staff: 'tasks:see' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wish, filter, wanted } = asked(request, response);
    const [tasks, count, steps] = await Promise.all([listTasks(wanted, wish), countTasks(wanted), stepsOfOpenTasks()]);
    response.render('staff/tasks', presentTasks(reader, { tasks, count, wish, filter, steps, now: wanted.now }));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(request, response);
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listTasks(wanted, { offset, limit, after: last?.id }).execute();
    await sendCsv(response, 'staff-tasks.csv', taskCsvHead(reader), read, (task) => taskCells(reader, task));
  }

  function asked({ query }: PathRequest, { locals: { staff } }: Response) {
    const wish = readListWish(query, tasksOffer);
    const filter = readTaskFilter(query);
    const { sort, direction } = wish;
    const wanted = {
      show: wish.filter ?? 'open',
      query: wish.query,
      sort,
      direction,
      reader: staff.id,
      ...filter,
      now: now(),
    };
    return { wish, filter, wanted };
  }

  return [
    { method: 'get', path: '/staff/tasks', right, handle: list },
    { method: 'get', path: '/staff/tasks.csv', right, handle: download },
    {
      method: 'get',
      path: '/staff/tasks/:id',
      right,
      handle: async (request, response) => show(response, await taskOf(request)),
    },
  ];
}
