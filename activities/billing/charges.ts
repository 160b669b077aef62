import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { type Charge, type ChargeState, type Payments, PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { type AttemptStatus, PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { ChargeMismatch } from '../../workflows/messages/failures.js';
import { heartbeating } from '../durable/heartbeats.js';

export interface ChargeDeps {
  readonly payments: Pick<
    Payments,
    'createCharge' | 'confirmCharge' | 'lookUpCharge' | 'chargeOfAttempt' | 'cancelCharge'
  >;
  /** Where customers reach the shop, without a slash at the end. */
  readonly shopUrl: string;
}

/** How a charge stands, as far as the provider told. `unknown`: no answer, and what was asked may have happened. */
export type KnownCharge = ChargeState | { readonly state: 'unknown' };

export type ChargeActivities = ReturnType<typeof createChargeActivities>;

export function createChargeActivities({ payments, shopUrl }: ChargeDeps) {
  /** By its id, or where that was lost with an answer, by our attempt among the customer's charges. */
  async function find(attempt: PaymentAttempt): Promise<Charge | undefined> {
    if (attempt.intentId) return payments.lookUpCharge(attempt.intentId);
    const found = await payments.chargeOfAttempt(accountOf(attempt), attempt.id);
    if (found) await attempt.$query().patch({ intentId: found.intentId });
    return found;
  }

  return {
    /** Makes the charge known to the provider and keeps its id; nothing is asked of the bank yet. */
    async createCharge(attemptId: string): Promise<KnownCharge> {
      const attempt = await loaded(attemptId);
      if (attempt.intentId) return { state: 'unconfirmed' };
      const { amount, onSession, createKey, paymentMethod, invoice } = attempt;
      const who = { account: accountOf(attempt), card: paymentMethod.providerId };
      const charge = { ...who, amount, onSession, attemptId, invoiceNumber: invoice.number };
      return noted(attempt, async () => {
        const { intentId } = await payments.createCharge(charge, createKey);
        await attempt.$query().patch({ intentId });
        return undefined;
      });
    },

    /** Asks the bank, unless the invoice was settled meanwhile; an attempt that is repeated looks first. */
    async confirmCharge(attemptId: string): Promise<KnownCharge> {
      const attempt = await loaded(attemptId);
      const { intentId, onSession, confirmKey, invoice } = attempt;
      if (!intentId) throw new RangeError(`attempt ${attemptId} is confirmed before it was created`);
      const returnUrl = `${shopUrl}/invoices/${invoice.number}`;
      return noted(attempt, async () => {
        if (invoice.status !== 'open') return payments.cancelCharge(intentId);
        const found = activityInfo().attempt > 1 ? await payments.lookUpCharge(intentId) : undefined;
        if (found && found.state !== 'unconfirmed') return found;
        return payments.confirmCharge(intentId, { onSession, returnUrl }, confirmKey);
      });
    },

    async lookUpCharge(attemptId: string): Promise<KnownCharge> {
      const attempt = await loaded(attemptId);
      return noted(attempt, () => find(attempt));
    },

    /** Takes the charge back; one that succeeded before stays so. Never made is cancelled too: it would be unconfirmed. */
    async cancelCharge(attemptId: string): Promise<KnownCharge> {
      const attempt = await loaded(attemptId);
      const known = await noted(attempt, async () => {
        const found = await find(attempt);
        return found && payments.cancelCharge(found.intentId);
      });
      return known.state === 'unconfirmed' ? { state: 'cancelled' } : known;
    },
  };
}

/** Writes down how an undecided charge stands, for the page that follows it. */
async function noted(attempt: PaymentAttempt, ask: () => Promise<Charge | undefined>): Promise<KnownCharge> {
  const charge = await heartbeating(ask).catch(unknownWhenUnavailable);
  const known = charge ? stateOf(charge, attempt) : ({ state: 'unconfirmed' } as const);
  const undecided: readonly string[] = ['processing', 'requires_action', 'unknown'] satisfies AttemptStatus[];
  if (undecided.includes(known.state))
    await attempt
      .$query()
      .modify('open')
      .patch({ status: known.state as AttemptStatus });
  return known;
}

function unknownWhenUnavailable(error: unknown): { state: 'unknown' } {
  if (error instanceof PaymentsUnavailable) return { state: 'unknown' };
  throw error;
}

/** What the provider holds must be what we asked for; where it is not, somebody has to look. */
function stateOf(charge: Charge | { state: 'unknown' }, { id, amount }: PaymentAttempt): KnownCharge {
  if (charge.state === 'unknown') return charge;
  const { intentId, attemptId, ...state } = charge;
  const paid = state.state === 'succeeded' ? state.amount : amount;
  if (attemptId === id && paid.amountMinor === amount.amountMinor && paid.currency === amount.currency) return state;
  const held = `${intentId} holds ${paid.amountMinor} ${paid.currency} for attempt ${attemptId}`;
  throw ApplicationFailure.nonRetryable(
    `${held}, not ${amount.amountMinor} ${amount.currency} for ${id}`,
    ChargeMismatch,
  );
}

function loaded(attemptId: string): Promise<PaymentAttempt> {
  return PaymentAttempt.query()
    .findById(attemptId)
    .withGraphFetched('[invoice.customer, paymentMethod]')
    .throwIfNotFound()
    .execute();
}

function accountOf({ invoice, id }: PaymentAttempt): string {
  const { paymentAccount } = invoice.customer;
  if (!paymentAccount) throw new RangeError(`attempt ${id} has a card but its customer no account`);
  return paymentAccount;
}
