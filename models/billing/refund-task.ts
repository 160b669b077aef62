import type { QueryBuilder, Transaction } from 'objection';
import { StaffTask } from '../durable/staff-task.js';
import type { Invoice } from './invoice.js';
import { Refund } from './refund.js';

type Named = Pick<Invoice, 'id' | 'orderId'>;

/** Open questions to staff what becomes of money that an invoice owes back. */
export async function openRefundTasks(invoice: Named): Promise<StaffTask[]> {
  return tasksOf(invoice).modify('open');
}

/**
 * Whether staff gave up having it sent, and no process is at any of it, or may be told to try once more: of each that asked,
 * the last answer counts.
 */
export async function areRefundsGivenUp(invoice: Named, trx?: Transaction): Promise<boolean> {
  const followed = Refund.query(trx)
    .modify('of', invoice.id)
    .where((either) =>
      either
        .where({ status: 'pending' })
        .orWhere((back) => back.where({ status: 'returned' }).whereNull('returnClosedAt')),
    );
  if ((await followed.resultSize()) > 0) return false;
  const asked = await tasksOf(invoice, trx).orderBy('openedAt');
  const last = new Map(asked.map(({ workflowId, answer }) => [workflowId, answer]));
  return last.size > 0 && [...last.values()].every((answer) => answer === 'cancel');
}

/** Of its order, or of a refund of it that came back. */
function tasksOf({ id, orderId }: Named, trx?: Transaction): QueryBuilder<StaffTask> {
  return StaffTask.query(trx)
    .whereIn('step', ['refundPayments', 'returnedRefund'])
    .where((either) =>
      either.where('workflowId', `order:${orderId}`).orWhereRaw(
        `split_part(workflow_id, ':', 2) IN (SELECT r.id::text FROM refunds r JOIN payments p ON p.id = r.payment_id
          WHERE p.invoice_id = ?)`,
        [id],
      ),
    );
}
