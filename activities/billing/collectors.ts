import { type Processes, ProcessRefused } from '../../gateways/processes.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Order } from '../../models/orders/order.js';
import { invoiceChanged, invoicePayment } from '../../workflows/messages/invoice-payment.js';

export interface CollectorDeps {
  readonly processes: Processes;
}

const BATCH = 500;

export function createCollectorActivities({ processes }: CollectorDeps) {
  return {
    /** Orders that wait for an invoice which is paid: whoever collects it did not hear of it, and is told once more. */
    async tellCollectors(): Promise<void> {
      const waiting = Order.query().where('orders.status', 'awaiting_payment').select('orders.id');
      const paid = await Invoice.query().where({ status: 'paid' }).whereIn('orderId', waiting).limit(BATCH);
      for (const { id: invoiceId } of paid) {
        try {
          await processes.signal(invoicePayment, { invoiceId }, invoiceChanged);
        } catch (error) {
          if (!(error instanceof ProcessRefused)) throw error;
        }
      }
    },
  };
}
