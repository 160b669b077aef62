import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import { ProcessesUnavailable, ProcessRefused } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { ownInvoice, storyOf } from '../../../models/billing/invoice-story.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../../models/billing/payment-method.js';
import { AmountChanged } from '../../../workflows/messages/failures.js';
import {
  type AttemptOutcome,
  invoicePayment,
  payInvoice,
  resumeAttempt,
} from '../../../workflows/messages/invoice-payment.js';
import { startCollector } from '../../collector.js';
import { type ChosenCard, parsePayment } from '../../forms/billing/payment.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { keepSavedCard } from '../../saved-card.js';
import type { BillingDeps } from './deps.js';
import { showInvoice } from './invoice.js';

/** How often a process that was promised a moment ago is asked again before its page says that nobody answers. */
const ASKED = 5;
const BETWEEN_MS = 600;

/** Paying with the customer in front of the page. The amount is the invoice's own; the form says by which card, and what it showed. */
export function paymentRoutes(deps: BillingDeps): RouteDeclaration[] {
  const { payments, processes, now } = deps;
  const right = { section: 'billing', level: 'manager' } as const;

  async function pay(request: PathRequest, response: Response): Promise<void> {
    const { customer } = response.locals;
    const invoice = await ownInvoice(customer, request.params.number ?? '');
    const chosen = parsePayment(request.body);
    const card = chosen && (await cardOf(customer, chosen));
    if (!card) {
      const problem = chosen && 'setup' in chosen ? 'notSaved' : 'noCard';
      return showInvoice(deps, response.status(422), await storyOf(invoice), { problem });
    }
    const wish = { paymentMethodId: card.id, ...(chosen.shown && { shown: chosen.shown }) };
    const ask = () => processes.update(invoicePayment, { invoiceId: invoice.id }, payInvoice, wish);
    await answer(request, response, invoice, ask);
  }

  /** The page's script comes back from the bank. */
  async function resume(request: PathRequest, response: Response): Promise<void> {
    const invoice = await ownInvoice(response.locals.customer, request.params.number ?? '');
    const ask = () => processes.update(invoicePayment, { invoiceId: invoice.id }, resumeAttempt);
    await answer(request, response, invoice, ask);
  }

  async function answer(
    request: PathRequest,
    response: Response,
    { number, orderId }: Invoice,
    ask: () => Promise<AttemptOutcome>,
  ): Promise<void> {
    const outcome = await outcomeOf(request, response, ask);
    const { customer } = response.locals;
    const invoice = await ownInvoice(customer, number);
    if (invoice.status === 'paid' && orderId) {
      const { order } = await storyOf(invoice);
      if (order) return response.redirect(303, `/orders/${order.number}`);
    }
    if (outcome === 'changed' && invoice.status === 'open')
      return showInvoice(deps, response.status(409), await storyOf(invoice), { problem: 'amountChanged' });
    if (outcome === 'changed' || outcome?.status !== 'declined' || invoice.status !== 'open')
      return response.redirect(303, `/invoices/${number}`);
    const problem = outcome.declineCode === 'no_card' ? { problem: 'noCard' } : {};
    await showInvoice(deps, response.status(422), await storyOf(invoice), problem);
  }

  /** Nothing where the bank takes longer than a page waits: then the invoice's page follows it. */
  async function outcomeOf(request: PathRequest, { locals }: Response, ask: () => Promise<AttemptOutcome>) {
    for (let asked = 1; ; asked++) {
      const invoice = await ownInvoice(locals.customer, request.params.number ?? '');
      if (invoice.status !== 'open') return undefined;
      try {
        return await ask();
      } catch (error) {
        const underWay = await PaymentAttempt.query().modify('open').findOne({ invoiceId: invoice.id });
        if (error instanceof ProcessesUnavailable && underWay) return undefined;
        if (!(error instanceof ProcessRefused)) throw error;
        if (error.refusal === AmountChanged) return 'changed';
        if (asked === ASKED) throw error;
        await startCollector(deps, invoice);
        await pause(BETWEEN_MS);
      }
    }
  }

  async function cardOf(customer: Customer, chosen: ChosenCard): Promise<PaymentMethod | undefined> {
    if ('setup' in chosen) return keepSavedCard(payments, customer, chosen.setup, now());
    return PaymentMethod.query().modify('ownedBy', customer).modify('usable').findById(chosen.card);
  }

  return [
    { method: 'post', path: '/invoices/:number/payment', right, handle: pay },
    { method: 'post', path: '/invoices/:number/payment/resumption', right, handle: resume },
  ];
}
