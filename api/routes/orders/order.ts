import type { Response } from 'express';
import { ProcessRefused, ProcessStillAtIt } from '../../../gateways/processes.js';
import { ownOrder, progressOf } from '../../../models/orders/order-progress.js';
import { mayStillCancel } from '../../../rules/orders/change-of-mind.js';
import { cancelOrder, order as orderProcess } from '../../../workflows/messages/order.js';
import {
  type OrderNotice,
  presentCancellationQuestion,
  presentOrder,
  tooLateNotice,
  underWayNotice,
} from '../../presenters/orders/page.js';
import { type PromiseDeps, startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** One order: followed while it goes on, and taken back while that is still possible. */
export function followedOrderRoutes(deps: PromiseDeps): RouteDeclaration[] {
  const path = '/orders/:number';
  const seen = { section: 'orders', level: 'visitor' } as const;
  const changed = { section: 'orders', level: 'manager' } as const;

  async function progress({ params }: PathRequest, { locals }: Response) {
    return progressOf(await ownOrder(locals.customer, params.number ?? ''), deps.now());
  }

  async function show(request: PathRequest, response: Response, notice?: OrderNotice): Promise<void> {
    const page = presentOrder(response.locals.reader, await progress(request, response), deps.now(), notice);
    response.render('orders/show', page);
  }

  async function ask(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const known = await progress(request, response);
    const { order, steps } = known;
    const begun = steps.map(({ step }) => step);
    if (!mayStillCancel(order.status, begun)) return show(request, response.status(409), tooLateNotice(reader, order));
    response.render('orders/cancellation', presentCancellationQuestion(reader, known));
  }

  /** The process may never have been started, if the cluster was away when the order came: then it is now. */
  async function cancel(request: PathRequest, response: Response): Promise<void> {
    const { customer, user, reader } = response.locals;
    const { id, number } = await ownOrder(customer, request.params.number ?? '');
    try {
      await startPromised(deps, orderProcess, { orderId: id });
      await deps.processes.update(orderProcess, { orderId: id }, cancelOrder, { userId: user.id });
      response.redirect(303, `/orders/${number}`);
    } catch (error) {
      if (error instanceof ProcessStillAtIt) return show(request, response.status(202), underWayNotice(reader));
      if (!(error instanceof ProcessRefused)) throw error;
      const order = await ownOrder(customer, number);
      await show(request, response.status(409), tooLateNotice(reader, order));
    }
  }

  return [
    { method: 'get', path, right: seen, handle: (request, response) => show(request, response) },
    { method: 'get', path: `${path}/cancellation`, right: changed, handle: ask },
    { method: 'delete', path, right: changed, handle: cancel },
  ];
}
