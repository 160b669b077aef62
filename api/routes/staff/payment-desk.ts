import { setTimeout as pause } from 'node:timers/promises';
import type { Response } from 'express';
import { type Processes, ProcessesUnavailable, ProcessRefused } from '../../../gateways/processes.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { invoiceNumbered, storyOf } from '../../../models/billing/invoice-story.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../../models/billing/payment-method.js';
import { receiveTransfer } from '../../../models/billing/transfer.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { deskRefusal } from '../../../rules/billing/collecting.js';
import { dayAt } from '../../../rules/calendar.js';
import { AttemptUnderWay, InvoiceClosed } from '../../../workflows/messages/failures.js';
import { invoicePayment, retryPayment } from '../../../workflows/messages/invoice-payment.js';
import { startCollector } from '../../collector.js';
import { tellCollector } from '../../collector-told.js';
import { typedText } from '../../forms/fields.js';
import { parseRetry } from '../../forms/staff/retry.js';
import { parseTransfer } from '../../forms/staff/transfer.js';
import { type DeskOutcome, presentDesk } from '../../presenters/staff/payment-desk.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

export interface DeskDeps {
  readonly processes: Processes;
  readonly now: () => Date;
}

/** How often a process that was begun a moment ago is asked again. */
const ASKED = 5;
const BETWEEN_MS = 600;

/** One invoice that no card paid, and what staff may do about it. */
export function paymentDeskRoutes(deps: DeskDeps): RouteDeclaration[] {
  const { processes, now } = deps;

  async function show(response: Response, number: string, outcome: DeskOutcome = {}): Promise<void> {
    const { reader, staff } = response.locals;
    const told = await storyOf(await invoiceNumbered(number));
    const mayChange = staffMay(staff.role, 'billing:change');
    response.render('staff/payment-desk', presentDesk(reader, told, { now: now(), mayChange, ...outcome }));
  }

  /** The process decides; what can be told without it is told before. */
  async function retry(request: PathRequest, response: Response): Promise<void> {
    const invoice = await invoiceNumbered(request.params.number ?? '');
    const { id: invoiceId, number, customer } = invoice;
    const chosen = parseRetry(request.body);
    const card = chosen && (await PaymentMethod.query().modify('ownedBy', customer).modify('usable').findById(chosen));
    if (!card) return show(response.status(422), number, { refusal: 'noCard' });
    const refusal = await refusalOf(invoice);
    if (refusal) return show(response.status(409), number, { refusal });
    const by = { staffId: response.locals.staff.id, address: request.ip ?? '' };
    const wish = { paymentMethodId: card.id, by };
    try {
      const { status, declineCode } = await asked(invoice, () =>
        processes.update(invoicePayment, { invoiceId }, retryPayment, wish),
      );
      if (declineCode === 'no_card') return show(response.status(422), number, { refusal: 'noCard' });
      if (status === 'declined') return show(response.status(422), number, { declined: true });
    } catch (error) {
      const found = error instanceof ProcessRefused ? refusals[error.refusal ?? ''] : undefined;
      if (found) return show(response.status(409), number, { refusal: found });
      const begun = error instanceof ProcessesUnavailable && (await openAttemptOf(invoice));
      if (!begun) throw error;
    }
    response.redirect(303, `/staff/payments/${number}`);
  }

  /** A process that nobody began yet is begun. */
  async function asked<Answer>(invoice: Invoice, ask: () => Promise<Answer>): Promise<Answer> {
    for (let times = 1; ; times++) {
      try {
        return await ask();
      } catch (error) {
        const isGone = error instanceof ProcessRefused && !(error.refusal && error.refusal in refusals);
        if (!isGone || times === ASKED) throw error;
        await startCollector(deps, invoice);
        await pause(BETWEEN_MS);
      }
    }
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

  return [
    {
      method: 'get',
      path,
      right: { staff: 'billing:see' },
      handle: ({ params }, response) => show(response, params.number ?? ''),
    },
    { method: 'post', path: `${path}/attempts`, right: { staff: 'billing:change' }, handle: retry },
    { method: 'post', path: `${path}/transfers`, right: { staff: 'billing:change' }, handle: book },
  ];
}

const refusals: Readonly<Record<string, DeskOutcome['refusal']>> = {
  [InvoiceClosed]: 'closed',
  [AttemptUnderWay]: 'underWay',
};

async function openAttemptOf({ id: invoiceId }: Invoice): Promise<PaymentAttempt | undefined> {
  return PaymentAttempt.query().modify('open').findOne({ invoiceId });
}

async function refusalOf(invoice: Invoice) {
  const attempt = await openAttemptOf(invoice);
  return deskRefusal({ status: invoice.status, attempt: attempt?.status });
}
