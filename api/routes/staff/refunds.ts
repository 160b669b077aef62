import type { Response } from 'express';
import type { Payments } from '../../../gateways/payments/payments.js';
import { type Processes, ProcessesUnavailable, ProcessRefused } from '../../../gateways/processes.js';
import { recordHandRefund, refundsStanding } from '../../../models/billing/hand-refund.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { Refund } from '../../../models/billing/refund.js';
import { openRefundTasks } from '../../../models/billing/refund-task.js';
import { NOBODY } from '../../../models/staff/case-ids.js';
import { addDays, dayAt } from '../../../rules/calendar.js';
import { processOfTask, resolveStaffTask } from '../../../workflows/messages/staff-tasks.js';
import { isUuid, typedText } from '../../forms/fields.js';
import { parseSentTransfer } from '../../forms/staff/sent-transfer.js';
import type { TemporalUi } from '../../presenters/staff/temporal-ui.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';
import { showInvoice } from './invoice-page.js';

export interface StaffRefundDeps {
  readonly processes: Processes;
  readonly payments: Pick<Payments, 'refundOfCharge'>;
  readonly now: () => Date;
  readonly temporalUi?: TemporalUi | undefined;
}

/** Money owed back that staff sent by a transfer of their own, written down. */
export function staffRefundRoutes({ processes, payments, now, temporalUi: ui }: StaffRefundDeps): RouteDeclaration[] {
  async function record(request: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const refund = await refundOf(request.params.id);
    const invoice = await Invoice.query()
      .findById(refund.payment.invoiceId)
      .withGraphFetched('[customer, lines]')
      .throwIfNotFound();
    const since = addDays(dayAt(refund.requestedAt, 'UTC'), -1); // it may be another day where they read
    const form = parseSentTransfer(request.body, { since, today: dayAt(now(), reader.timeZone) });
    const page = { ui, now: now() };
    if ('wrong' in form) {
      const rejected = { refundId: refund.id, typed: typedText(request.body), wrong: form.wrong };
      return showInvoice(response.status(422), invoice, page, { rejected });
    }
    const found = await foundAtProvider(refund);
    if (found === 'succeeded') return response.redirect(303, `/staff/invoices/${invoice.number}#refunds`);
    const refusal = found
      ? 'atProvider'
      : await recordHandRefund(invoice.id, refund.id, form.value, actOf(request, response, now()));
    if (refusal) return showInvoice(response.status(409), invoice, page, { refusal });
    await goOn(invoice, { staffId: staff.id, note: form.value.reference });
    response.redirect(303, `/staff/invoices/${invoice.number}#refunds`);
  }

  /** What was asked for may be there though its answer was lost: then it is booked, and no transfer. */
  async function foundAtProvider(refund: Refund): Promise<'pending' | 'succeeded' | undefined> {
    const { id, status, payment } = refund;
    if (status !== 'requested' || !payment.attemptId) return undefined;
    const { intentId } = await PaymentAttempt.query().findById(payment.attemptId).throwIfNotFound();
    const found = intentId === null ? undefined : await payments.refundOfCharge(intentId, id);
    if (!found || found.state === 'failed') return undefined;
    if (found.state === 'succeeded') await refund.settle(found.id, 'succeeded', now());
    return found.state;
  }

  /** Whoever asks staff what becomes of it has nothing left to send, and sees so when asked to go on. Else the task stays. */
  async function goOn(invoice: Invoice, by: { readonly staffId: string; readonly note: string }): Promise<void> {
    const standing = await refundsStanding(invoice);
    if (standing.some(({ refund: { status } }) => status !== 'succeeded' && status !== 'pending')) return;
    for (const { id: taskId, workflowId } of await openRefundTasks(invoice)) {
      if (!workflowId) continue;
      const answer = { taskId, answer: 'retry', ...by } as const;
      try {
        await processes.update(processOfTask, { workflowId }, resolveStaffTask, answer);
      } catch (error) {
        if (!(error instanceof ProcessRefused || error instanceof ProcessesUnavailable)) throw error;
      }
    }
  }

  return [
    {
      method: 'post',
      path: '/staff/refunds/:id/transfer',
      right: { staff: 'billing:change' },
      handle: record,
    },
  ];
}

async function refundOf(id: string | undefined): Promise<Refund> {
  return Refund.query()
    .findById(isUuid(id) ? id : NOBODY)
    .withGraphFetched('payment')
    .throwIfNotFound();
}
