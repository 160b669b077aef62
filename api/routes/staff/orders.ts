import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { Order } from '../../../models/orders/order.js';
import { listOrders, pageOfOrders } from '../../../models/orders/order-list.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import { caseOf } from '../../../models/staff/case.js';
import { sendCsv } from '../../csv-download.js';
import { readNarrowing, spanOf } from '../../forms/narrowing.js';
import { readListWish } from '../../presenters/list.js';
import { presentStaffOrder } from '../../presenters/staff/order.js';
import { orderCells, ordersCsvHead, ordersOffer, presentOrders } from '../../presenters/staff/orders.js';
import type { TemporalUi } from '../../presenters/staff/temporal-ui.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

export interface StaffOrderDeps {
  readonly now: () => Date;
  readonly temporalUi?: TemporalUi | undefined;
}

/** The orders of all customers, and each with all that belongs to it. */
export function staffOrderRoutes({ now, temporalUi: ui }: StaffOrderDeps): RouteDeclaration[] {
  const right = { staff: 'orders:see' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { wish, narrowing, wanted } = asked(request, response);
    const found = await pageOfOrders('everybody', wanted, wish);
    response.render('staff/orders', presentOrders(response.locals.reader, wish, { ...found, narrowing }));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(request, response);
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listOrders('everybody', wanted, { offset, limit, after: last?.id });
    await sendCsv(response, 'orders.csv', ordersCsvHead(reader), read, (order) => orderCells(reader, order));
  }

  async function show({ params }: PathRequest, response: Response): Promise<void> {
    const at = now();
    const { id } = await Order.query()
      .findOne({ number: params.number ?? '' })
      .throwIfNotFound();
    const [about, pastSeconds] = await Promise.all([caseOf(`order:${id}`, at), ProcessStep.pastSeconds()]);
    const { order, service } = about;
    if (!order || !service) throw new NotFoundError({});
    const steps = about.steps as OrderProgress['steps']; // these two processes have no others
    const progress = { ...about, order, service, steps, pastSeconds, withStaff: about.tasks.length > 0 };
    response.render('staff/order', presentStaffOrder(response.locals.reader, { progress, about, ui, now: at }));
  }

  return [
    { method: 'get', path: '/staff/orders', right, handle: list },
    { method: 'get', path: '/staff/orders.csv', right, handle: download },
    { method: 'get', path: '/staff/orders/:number', right, handle: show },
  ];
}

function asked({ query }: PathRequest, { locals }: Response) {
  const wish = readListWish(query, ordersOffer);
  const narrowing = readNarrowing(query);
  const statuses = wish.filter === undefined || wish.filter === 'all' ? undefined : [wish.filter];
  return { wish, narrowing, wanted: { ...wish, ...spanOf(narrowing, locals.reader.timeZone), statuses } };
}
