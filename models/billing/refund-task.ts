import type { QueryBuilder, Transaction } from 'objection';
import { StaffTask } from '../durable/staff-task.js';
import type { Invoice } from './invoice.js';
import { Refund } from './refund.js';

type Named = Pick<Invoice, 'id' | 'orderId'>;

/** The open question to staff what becomes of money that an invoice owes back. */
export async function openRefundTask(invoice: Named): Promise<StaffTask | undefined> {
  return tasksOf(invoice).modify('open').first();
}

/** Whether staff gave up having it sent, and no process sends anything of it any more. */
export async function areRefundsGivenUp(invoice: Named, trx?: Transaction): Promise<boolean> {
  const underWay = Refund.query(trx).modify('of', invoice.id).where({ status: 'returned' }).whereNull('returnClosedAt');
  if ((await underWay.resultSize()) > 0) return false;
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
