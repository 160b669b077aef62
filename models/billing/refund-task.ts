import type { QueryBuilder, Transaction } from 'objection';
import { StaffTask } from '../durable/staff-task.js';
import type { Invoice } from './invoice.js';
import { Refund } from './refund.js';

type Named = Pick<Invoice, 'id' | 'orderId'>;

/** The open question to staff what becomes of money that an invoice owes back. */
export async function openRefundTask(invoice: Named, trx?: Transaction): Promise<StaffTask | undefined> {
  return tasksOf(invoice, trx).modify('open').first();
}

/** Whether staff gave up having it sent, and no process is at any of it any more, or may be told to try once more. */
export async function areRefundsGivenUp(invoice: Named, trx?: Transaction): Promise<boolean> {
  const followed = Refund.query(trx)
    .modify('of', invoice.id)
    .where((either) =>
      either
        .where({ status: 'pending' })
        .orWhere((back) => back.where({ status: 'returned' }).whereNull('returnClosedAt')),
    );
  if ((await followed.resultSize()) > 0 || (await openRefundTask(invoice, trx))) return false;
  return (await tasksOf(invoice, trx).where({ answer: 'cancel' }).resultSize()) > 0;
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
