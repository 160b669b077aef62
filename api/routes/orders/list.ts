import type { Response } from 'express';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { listOrders, pageOfOwnOrders } from '../../../models/orders/order-list.js';
import { sendCsv } from '../../csv-download.js';
import { readNarrowing, spanOf } from '../../forms/narrowing.js';
import { readListWish } from '../../presenters/list.js';
import { orderCells, orderCsvHead, orderList, presentOrderList, statusesShown } from '../../presenters/orders/list.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** A customer's orders, as a page and as a file. */
export function orderListRoutes(): RouteDeclaration[] {
  const right = { section: 'orders', level: 'visitor' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const { wish, narrowing, wanted } = asked(request, response);
    const [{ beside, ...found }, past] = await Promise.all([
      pageOfOwnOrders(customer, wanted, wish),
      ProcessStep.pastSeconds(),
    ]);
    response.render('orders/index', presentOrderList(reader, wish, { ...found, ...beside, narrowing, past }));
  }

  async function csv(request: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const { wanted } = asked(request, response);
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listOrders(customer, wanted, { offset, limit, after: last?.id });
    await sendCsv(response, 'orders.csv', orderCsvHead(reader), read, (order) => orderCells(reader, order));
  }

  return [
    { method: 'get', path: '/orders', right, handle: list },
    { method: 'get', path: '/orders.csv', right, handle: csv },
  ];
}

function asked({ query }: PathRequest, { locals }: Response) {
  const wish = readListWish(query, orderList);
  const narrowing = readNarrowing(query);
  const span = spanOf(narrowing, locals.reader.timeZone);
  const wanted = { ...wish, ...span, statuses: statusesShown[wish.filter ?? 'all'], contract: narrowing.contract };
  return { wish, narrowing, wanted };
}
