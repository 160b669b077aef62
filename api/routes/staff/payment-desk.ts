import type { Response } from 'express';
import { ProcessesUnavailable } from '../../../gateways/processes.js';
import { useCreditForCustomer } from '../../../models/billing/credit-payment.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { invoiceNumbered } from '../../../models/billing/invoice-story.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../../models/billing/payment-method.js';
import { receiveTransfer } from '../../../models/billing/transfer.js';
import { deskRefusal } from '../../../rules/billing/collecting.js';
import { dayAt } from '../../../rules/calendar.js';
import { retryPayment } from '../../../workflows/messages/invoice-payment.js';
import { tellCollector } from '../../collector-told.js';
import { askCollector, type DeskDeps } from '../../desk-wish.js';
import { typedText } from '../../forms/fields.js';
import { parseRetry } from '../../forms/staff/retry.js';
import { parseTransfer } from '../../forms/staff/transfer.js';
import type { DeskOutcome } from '../../presenters/staff/payment-desk.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';
import { askerOf, showDesk } from './desk-page.js';

/** One invoice that no card paid: what staff see of it, a card tried at once, and money that came by transfer. */
export function paymentDeskRoutes(deps: DeskDeps): RouteDeclaration[] {
  const { now } = deps;
  const show = (response: Response, number: string, outcome?: DeskOutcome) =>
    showDesk(response, number, now(), outcome);

  /** The process decides; what can be told without it is told before. */
  async function retry(request: PathRequest, response: Response): Promise<void> {
    const invoice = await invoiceNumbered(request.params.number ?? '');
    const { number, customer } = invoice;
    const chosen = parseRetry(request.body);
    const card = chosen && (await PaymentMethod.query().modify('ownedBy', customer).modify('usable').findById(chosen));
    if (!card) return show(response.status(422), number, { refusal: 'noCard' });
    const refusal = await refusalOf(invoice);
    if (refusal) return show(response.status(409), number, { refusal });
    const wish = { paymentMethodId: card.id, by: askerOf(request, response) };
    try {
      const asked = await askCollector(deps, invoice, retryPayment, wish);
      if ('refusal' in asked) return show(response.status(409), number, { refusal: asked.refusal });
      const { status, declineCode } = asked.answer;
      if (declineCode === 'no_card') return show(response.status(422), number, { refusal: 'noCard' });
      if (status === 'paid_from_credit') return show(response, number, { fromCredit: true });
      if (status === 'declined') return show(response.status(422), number, { declined: true });
    } catch (error) {
      const begun = error instanceof ProcessesUnavailable && (await openAttemptOf(invoice));
      if (!begun) throw error;
    }
    response.redirect(303, `/staff/payments/${number}`);
  }

  const path = '/staff/payments/:number';
  async function book(request: PathRequest, response: Response): Promise<void> {
    const { id, number, currency } = await invoiceNumbered(request.params.number ?? '');
    const form = parseTransfer(request.body, { currency, today: dayAt(now(), response.locals.reader.timeZone) });
    if ('wrong' in form) {
      const transfer = { typed: typedText(request.body), wrong: form.wrong };
      return show(response.status(422), number, { transfer });
    }
    const refusal = await receiveTransfer(id, form.value, actOf(request, response, now()));
    if (refusal) return show(response.status(409), number, { refusal });
    await tellCollector(deps, id);
    response.redirect(303, `/staff/payments/${number}`);
  }

  async function credit(request: PathRequest, response: Response): Promise<void> {
    const { id, number } = await invoiceNumbered(request.params.number ?? '');
    const answer = await useCreditForCustomer(id, actOf(request, response, now()));
    if ('refusal' in answer) return show(response.status(409), number, { refusal: answer.refusal });
    await tellCollector(deps, id);
    response.redirect(303, `/staff/payments/${number}`);
  }

  return [
    {
      method: 'get',
      path,
      right: { staff: 'billing:see' },
      handle: ({ params }, response) => show(response, params.number ?? ''),
    },
    { method: 'post', path: `${path}/attempts`, right: { staff: 'billing:change' }, handle: retry },
    { method: 'post', path: `${path}/credit`, right: { staff: 'billing:change' }, handle: credit },
    { method: 'post', path: `${path}/transfers`, right: { staff: 'billing:change' }, handle: book },
  ];
}

async function openAttemptOf({ id: invoiceId }: Invoice): Promise<PaymentAttempt | undefined> {
  return PaymentAttempt.query().modify('open').findOne({ invoiceId });
}

async function refusalOf(invoice: Invoice) {
  const attempt = await openAttemptOf(invoice);
  return deskRefusal({ status: invoice.status, attempt: attempt?.status });
}
