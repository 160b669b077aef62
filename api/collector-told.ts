import { type Processes, ProcessesUnavailable, ProcessRefused } from '../gateways/processes.js';
import { invoiceChanged, invoicePayment } from '../workflows/messages/invoice-payment.js';

/** Tells whoever collects an invoice to read it afresh. Where nobody can be told now, the reconcile schedule does. */
export async function tellCollector(
  { processes }: { readonly processes: Processes },
  invoiceId: string,
): Promise<void> {
  try {
    await processes.signal(invoicePayment, { invoiceId }, invoiceChanged);
  } catch (error) {
    if (!(error instanceof ProcessRefused || error instanceof ProcessesUnavailable)) throw error;
  }
}
