import type { Response } from 'express';
import { phrase } from '../../../locales/phrases.js';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { countOrders, listOrders } from '../../../models/orders/order-list.js';
import { sendCsv } from '../../csv-download.js';
import { readListWish } from '../../presenters/list.js';
import { csvColumns, orderCells, orderList, presentOrderList } from '../../presenters/orders/list.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** A customer's orders, as a page and as a file. */
export function orderListRoutes(): RouteDeclaration[] {
  const right = { section: 'orders', level: 'visitor' } as const;

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const wish = readListWish(query, orderList);
    const found = [listOrders(customer, wish), countOrders(customer, wish), ProcessStep.pastSeconds()] as const;
    const [listed, count, past] = await Promise.all(found);
    response.render('orders/index', presentOrderList(reader, wish, { listed, count, past }));
  }

  async function csv({ query }: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const wish = readListWish(query, orderList);
    const head = csvColumns.map((column) => phrase(reader.language, `orders:list.csv.${column}`));
    const read = (offset: number, limit: number) => listOrders(customer, { ...wish, offset, limit });
    await sendCsv(response, 'orders.csv', head, read, (listed) => orderCells(reader, listed));
  }

  return [
    { method: 'get', path: '/orders', right, handle: list },
    { method: 'get', path: '/orders.csv', right, handle: csv },
  ];
}
