import type { Transaction } from 'objection';
import { cardName } from '../../rules/billing/card-name.js';
import type { DeclineKind } from '../../rules/billing/declines.js';
import type { Settlement } from '../../rules/billing/settlement.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Payment } from './payment.js';
import { PaymentAttempt } from './payment-attempt.js';

const sentences: Readonly<Record<DeclineKind, string>> = {
  soft: 'invoice.declined',
  hard: 'invoice.card_refused',
  authentication_required: 'invoice.confirmation_missing',
};

/** Attempt, receipt with its booking, and sentence, in one transaction; settled before it changes nothing. */
export async function settleAttempt(attemptId: string, settlement: Settlement, at: Date): Promise<void> {
  await PaymentAttempt.transaction(async (trx) => {
    const attempt = await PaymentAttempt.query(trx).findById(attemptId).modify('open').forUpdate();
    if (!attempt) return;
    const refusal = settlement.state === 'declined' && { declineKind: settlement.kind, declineCode: settlement.code };
    await attempt.$query(trx).patch({ status: settlement.state, settledAt: at, ...refusal });
    await attempt.$fetchGraph('paymentMethod', { transaction: trx });
    if (settlement.state === 'succeeded') await receive(attempt, settlement.chargeId, at, trx);
    if (settlement.state === 'declined') await tell(attempt, settlement.kind, at, trx);
  });
}

async function receive(attempt: PaymentAttempt, providerId: string, at: Date, trx: Transaction): Promise<void> {
  const { id: attemptId, invoiceId, amount, paymentMethod } = attempt;
  const reference = cardName(paymentMethod);
  await Payment.receive({ invoiceId, method: 'card', amount, attemptId, providerId, reference, at }, trx);
}

async function tell(attempt: PaymentAttempt, kind: DeclineKind, at: Date, trx: Transaction): Promise<void> {
  const { invoiceId, amount, paymentMethod } = attempt;
  const event = {
    event: sentences[kind],
    values: { amount, card: cardName(paymentMethod) },
    actor: 'process',
  } as const;
  await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...event }, trx);
}
