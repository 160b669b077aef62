import type { Response } from 'express';
import { phrase } from '../../../locales/phrases.js';
import { creditTold } from '../../../models/billing/credit-balance.js';
import { payWithCredit } from '../../../models/billing/credit-payment.js';
import { ownInvoice, storyOf } from '../../../models/billing/invoice-story.js';
import { tellCollector } from '../../collector-told.js';
import { CREDIT_MOVES, presentCredit } from '../../presenters/billing/credit.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { BillingDeps } from './deps.js';
import { showInvoice } from './invoice.js';

/** What the shop owes a customer: how it came about, and paying an invoice with it. */
export function creditRoutes(deps: BillingDeps): RouteDeclaration[] {
  async function list(_request: PathRequest, response: Response): Promise<void> {
    const { reader, customer } = response.locals;
    const told = await creditTold(customer.id, CREDIT_MOVES);
    const says = (key: string) => phrase(reader.language, `billing:credit.${key}`);
    const page = presentCredit(reader, told, customer.currency, '/invoices');
    response.render('billing/credit', { title: says('title'), sub: says('sub'), ...page });
  }

  async function use({ params }: PathRequest, response: Response): Promise<void> {
    const { customer, user } = response.locals;
    const { id, number } = await ownInvoice(customer, params.number ?? '');
    const answer = await payWithCredit(id, user.id, deps.now());
    if ('used' in answer) await tellCollector(deps, id);
    const told = await storyOf(await ownInvoice(customer, number));
    const { invoice, order } = told;
    if (invoice.status === 'paid' && order) return response.redirect(303, `/orders/${order.number}`);
    if ('used' in answer || answer.refusal === 'closed') return response.redirect(303, `/invoices/${number}`);
    const problem = answer.refusal === 'noCredit' ? 'noCredit' : 'underWay';
    await showInvoice(deps, response.status(409), told, { problem });
  }

  return [
    { method: 'get', path: '/credit', right: { section: 'billing', level: 'visitor' }, handle: list },
    {
      method: 'post',
      path: '/invoices/:number/credit',
      right: { section: 'billing', level: 'manager' },
      handle: use,
    },
  ];
}
