import type Stripe from 'stripe';
import { type PaymentEvent, WebhookNotGenuine } from './payments.js';
import { idOf } from './stripe-charges.js';

export const TOLERANCE_S = 300;

/** What a verified event is about; one of the other mode (test or live) is not for us. */
export function paymentEventOf({ id, type, livemode, data }: Stripe.Event, live: boolean): PaymentEvent {
  if (livemode !== live) throw new WebhookNotGenuine(`the event is for ${livemode ? 'live' : 'test'} mode`);
  const subject = data.object as Subject;
  const intentId = subject.object === 'payment_intent' ? (subject.id ?? null) : idOf(subject.payment_intent);
  const { attempt_id: attemptId = null, refund_id: refundId = null } = subject.metadata ?? {};
  const disputeId = subject.object === 'dispute' ? (subject.id ?? null) : null;
  const refund = subject.object === 'refund' ? { refundId, failed: subject.status === 'failed' } : null;
  return { id, type, live: livemode, intentId, attemptId, disputeId, refund };
}

/** Charges and refunds name their intent; a charge carries its intent's papers as well. */
interface Subject {
  readonly object: string;
  readonly id?: string;
  readonly status?: string | null;
  readonly payment_intent?: string | { id: string } | null;
  readonly metadata?: Readonly<Record<string, string>> | null;
}
