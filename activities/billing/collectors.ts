import { type Processes, ProcessRefused } from '../../gateways/processes.js';
import { payDueWithCredit } from '../../models/billing/credit-payment.js';
import { Invoice } from '../../models/billing/invoice.js';
import { RetrySchedule } from '../../models/billing/retry-schedule.js';
import { Order } from '../../models/orders/order.js';
import { invoiceChanged, invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { askedAt } from '../durable/clock.js';

export interface CollectorDeps {
  readonly processes: Processes;
}

const BATCH = 500;

export function createCollectorActivities({ processes }: CollectorDeps) {
  return {
    /**
     * Whoever collects an invoice and did not hear of something is told to read it afresh: that it is paid while its order
     * waits, and that another retry schedule holds.
     */
    async tellCollectors(): Promise<void> {
      const waiting = Order.query().where('orders.status', 'awaiting_payment').select('orders.id');
      const paid = await Invoice.query().where({ status: 'paid' }).whereIn('orderId', waiting).limit(BATCH);
      for (const { id } of paid) await tell(id);
      await tellOfSchedules();
    },

    /** What is due and open is paid from its customer's credit, with or without a card; whoever collects it is told. */
    async useCreditWhenDue(): Promise<void> {
      for (const id of await payDueWithCredit(askedAt(), BATCH)) await tell(id);
    },
  };

  /** What is being collected goes over to a schedule that takes it over, a batch a round. */
  async function tellOfSchedules(): Promise<void> {
    const [schedule] = await RetrySchedule.all().whereNull('toldAt').limit(1);
    if (!schedule) return;
    const invoices = await schedule.untold(BATCH);
    for (const id of invoices) await tell(id);
    await schedule.toldUpTo(invoices.length === BATCH ? invoices.at(-1) : undefined, askedAt());
  }

  async function tell(invoiceId: string): Promise<void> {
    try {
      await processes.signal(invoicePayment, { invoiceId }, invoiceChanged);
    } catch (error) {
      if (!(error instanceof ProcessRefused)) throw error;
    }
  }
}
