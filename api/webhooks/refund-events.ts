import type { PaymentEvent } from '../../gateways/payments/payments.js';
import { RefundReturn } from '../../models/billing/refund-return.js';
import { refundReturn } from '../../workflows/messages/refund-return.js';
import { isUuid } from '../forms/fields.js';
import { type PromiseDeps, startPromised } from '../promised-process.js';

/** A refund that is said to have failed: its process looks it up. One that nobody here asked for moves nobody. */
export async function refundCameBack({ refund }: Pick<PaymentEvent, 'refund'>, deps: PromiseDeps): Promise<void> {
  if (!refund?.failed || !isUuid(refund.refundId)) return;
  const promised = await RefundReturn.report(refund.refundId, deps.now());
  if (promised) await startPromised(deps, refundReturn, promised);
}
