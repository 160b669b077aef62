import type { PaymentEvent } from '../../gateways/payments/payments.js';
import { type Processes, ProcessRefused } from '../../gateways/processes.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { chargeMoved, invoicePayment } from '../../workflows/messages/invoice-payment.js';

/** Everything about a charge: its process looks it up at once. A charge of others, or one that is over, moves nobody. */
export async function chargeMovedBy(
  { attemptId, intentId }: Pick<PaymentEvent, 'attemptId' | 'intentId'>,
  processes: Processes,
): Promise<void> {
  const attempts = PaymentAttempt.query().modify('open');
  const attempt = attemptId ? await attempts.findById(attemptId) : intentId && (await attempts.findOne({ intentId }));
  if (!attempt) return;
  try {
    await processes.signal(invoicePayment, { invoiceId: attempt.invoiceId }, chargeMoved);
  } catch (error) {
    if (!(error instanceof ProcessRefused)) throw error;
  }
}
