import type { Response } from 'express';
import type { Processes } from '../../../gateways/processes.js';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { listTasks } from '../../../models/durable/staff-task-search.js';
import { ordersUnderWay, overviewFigures } from '../../../models/staff/overview.js';
import { dayAt, startOfDay } from '../../../rules/calendar.js';
import { presentOverview } from '../../presenters/staff/overview.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

export interface OverviewDeps {
  readonly processes: Processes;
  readonly now: () => Date;
}

const TASKS_SHOWN = 5;
/** More than are shown: the slow ones among them are counted. */
const ORDERS_READ = 200;

/** The staff's first page: what waits for a person, what is under way, what is left in stock. */
export function overviewRoutes({ processes, now }: OverviewDeps): RouteDeclaration[] {
  async function overview(_request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const at = now();
    const today = startOfDay(dayAt(at, reader.timeZone), reader.timeZone);
    const whose = { reader: response.locals.staff.id, now: at };
    const oldest = { show: 'open', query: '', sort: 'since', direction: 'asc', ...whose } as const;
    const [clusterAnswers, figures, tasks, orders, past] = await Promise.all([
      processes.answers(),
      overviewFigures(today, at),
      listTasks(oldest, { offset: 0, limit: TASKS_SHOWN }),
      ordersUnderWay(ORDERS_READ),
      ProcessStep.pastSeconds(),
    ]);
    const input = { clusterAnswers, figures, tasks, orders, past, now: at };
    response.render('staff/overview', presentOverview(reader, input));
  }

  return [{ method: 'get', path: '/staff', right: { staff: 'overview:see' }, handle: overview }];
}
