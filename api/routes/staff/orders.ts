import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { Order } from '../../../models/orders/order.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import { ordersFound } from '../../../models/orders/order-search.js';
import { caseOf } from '../../../models/staff/case.js';
import { sendCsv } from '../../csv-download.js';
import { readListWish } from '../../presenters/list.js';
import { presentStaffOrder } from '../../presenters/staff/order.js';
import {
  type OrdersWish,
  orderCells,
  ordersCsvHead,
  ordersOffer,
  presentOrders,
} from '../../presenters/staff/orders.js';
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
    const wish = readListWish(request.query, ordersOffer);
    const { results: orders, total: count } = await found(wish).range(wish.offset, wish.offset + wish.limit - 1);
    response.render('staff/orders', presentOrders(response.locals.reader, { orders, count, wish }));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const wish = readListWish(request.query, ordersOffer);
    const read = (offset: number, limit: number) => found(wish).offset(offset).limit(limit).execute();
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

function found({ query, filter, sort, direction }: OrdersWish) {
  return ordersFound({ query, status: filter === 'all' ? undefined : filter, sort, direction });
}
