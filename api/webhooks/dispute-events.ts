import type { PaymentEvent } from '../../gateways/payments/payments.js';
import { ProcessRefused } from '../../gateways/processes.js';
import { Dispute } from '../../models/billing/dispute.js';
import { dispute, disputeMoved } from '../../workflows/messages/dispute.js';
import { type PromiseDeps, startPromised } from '../promised-process.js';

/** A dispute over a charge of ours: kept once with its process, which looks it up; told again, it looks again. */
export async function chargeDisputed(
  { disputeId: providerId, intentId }: Pick<PaymentEvent, 'disputeId' | 'intentId'>,
  deps: PromiseDeps,
): Promise<void> {
  if (providerId === null || intentId === null) return;
  const known = await Dispute.report({ providerId, intentId }, deps.now());
  if (!known) return;
  const subject = { disputeId: known.id };
  if (known.isNew) return startPromised(deps, dispute, subject);
  try {
    await deps.processes.signal(dispute, subject, disputeMoved);
  } catch (error) {
    if (!(error instanceof ProcessRefused)) throw error; // over, or not begun: then it looks all the same
  }
}
