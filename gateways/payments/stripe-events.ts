import type Stripe from 'stripe';
import { z } from 'zod';
import { type PaymentEvent, WebhookNotGenuine } from './payments.js';

export const TOLERANCE_S = 300;

const id = z.string().regex(/^[\w-]{1,255}$/);
/** A signature says who speaks, not that it makes sense: what is no id of theirs is none. */
const maybeId = id.nullish().catch(null);
const reference = z
  .union([id, z.object({ id }).transform((referred) => referred.id)])
  .nullish()
  .catch(null);
const papers = z.object({ attempt_id: maybeId, refund_id: maybeId }).nullish().catch(null);

/** Charges and refunds name their intent; a charge carries its intent's papers as well. */
const subject = z
  .object({
    object: z.string(),
    id: maybeId,
    status: z.string().nullish(),
    payment_intent: reference,
    metadata: papers,
  })
  .catch({ object: 'nothing' } as never);
/** An event of a connected account names it; ours has none. */
const event = z.object({
  id,
  type: z.string().max(255),
  object: z.literal('event'),
  livemode: z.boolean(),
  account: z.undefined().optional(),
  data: z.object({ object: subject }).catch({ object: { object: 'nothing' } as never }),
});

/** What a verified event is about; one of another account or of the other mode (test or live) is not for us. */
export function paymentEventOf(verified: Stripe.Event, live: boolean): PaymentEvent {
  const read = event.safeParse(verified);
  if (!read.success) throw new WebhookNotGenuine('it is no event of this account', { cause: read.error });
  const { id, type, livemode, data } = read.data;
  if (livemode !== live) throw new WebhookNotGenuine(`the event is for ${livemode ? 'live' : 'test'} mode`);
  const { object: kind, id: subjectId = null, status, payment_intent = null, metadata } = data.object;
  const intentId = kind === 'payment_intent' ? subjectId : payment_intent;
  const { attempt_id: attemptId = null, refund_id: refundId = null } = metadata ?? {};
  const disputeId = kind === 'dispute' ? subjectId : null;
  const refund = kind === 'refund' ? { refundId, failed: status === 'failed' } : null;
  return { id, type, live: livemode, intentId, attemptId, disputeId, refund };
}
