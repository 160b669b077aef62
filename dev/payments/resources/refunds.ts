import { z } from 'zod';
import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, noSuch } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { papers, parameters, text, whole } from '../api/parameters.js';
import { newId } from '../ids.js';
import { checkStep } from '../money/currencies.js';
import type { Charge, Refund } from '../state/objects.js';
import { refundMade } from './refund-outcomes.js';

const creation = parameters({
  amount: whole.optional(),
  charge: text.optional(),
  metadata: papers.optional(),
  payment_intent: text.optional(),
  reason: z.enum(['duplicate', 'fraudulent', 'requested_by_customer']).optional(),
});

export function refundRoutes(api: Api, account: Account): void {
  api.on('POST', '/refunds', creation, (given) => {
    const charge = refundable(account, given);
    const left = charge.amount_captured - charge.amount_refunded;
    const amount = given.amount ?? left;
    refuseTooMuch(charge, amount, left);
    return refundMade(account, charge, made(account, charge, amount, given));
  });

  const listing = parameters({ ...dated, charge: text.optional(), payment_intent: text.optional() });
  api.on('GET', '/refunds', listing, ({ charge, payment_intent, ...at }) =>
    page('/v1/refunds', account.refunds, at, { where: { charge, payment_intent } }),
  );

  api.on('GET', '/refunds/:id', parameters({}), (_, { id }) => refundOf(account, id));

  api.on('POST', '/refunds/:id', parameters({ metadata: papers.optional() }), ({ metadata }, { id }) => {
    const before = refundOf(account, id);
    const after = account.refunds.put({ ...before, metadata: { ...before.metadata, ...metadata } });
    account.tell('refund.updated', after);
    account.tell('charge.refund.updated', after);
    return after;
  });
}

export function refundOf(account: Account, id: string): Refund {
  const refund = account.refunds.get(id);
  if (!refund) throw noSuch('refund', id);
  return refund;
}

type Given = z.output<typeof creation>;

function refundable(account: Account, { charge, payment_intent }: Given): Charge {
  const named = charge ?? account.paymentIntents.get(payment_intent ?? '')?.latest_charge ?? undefined;
  const found = account.charges.get(named ?? '');
  if (found?.status === 'succeeded' && found.captured) return found;
  if (payment_intent !== undefined && account.paymentIntents.get(payment_intent)) {
    throw invalidRequest(`This PaymentIntent (${payment_intent}) does not have a successful charge to refund.`);
  }
  if (payment_intent !== undefined) throw noSuch('payment_intent', payment_intent, 'payment_intent', 400);
  if (charge === undefined)
    throw invalidRequest('One of the following params should be provided: payment_intent or charge.');
  throw noSuch('charge', charge, 'charge', 400);
}

function refuseTooMuch({ id, refunded, disputed, currency }: Charge, amount: number, left: number): void {
  if (disputed) {
    throw invalidRequest(`Charge ${id} has been charged back; cannot issue a refund.`, { code: 'charge_disputed' });
  }
  if (refunded) throw invalidRequest(`Charge ${id} has already been refunded.`, { code: 'charge_already_refunded' });
  if (amount < 1)
    throw invalidRequest('Invalid positive integer', { code: 'parameter_invalid_integer', param: 'amount' });
  checkStep(amount, currency);
  if (amount <= left) return;
  const unit = currency.toUpperCase();
  const message = `Refund amount (${amount} ${unit}) is greater than unrefunded amount on charge (${left} ${unit})`;
  throw invalidRequest(message, { param: 'amount' });
}

function made(account: Account, charge: Charge, amount: number, { metadata, reason }: Given): Refund {
  return {
    id: newId('re'),
    object: 'refund',
    amount,
    balance_transaction: null,
    charge: charge.id,
    created: account.now(),
    currency: charge.currency,
    destination_details: {
      card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
      type: 'card',
    },
    metadata: metadata ?? {},
    payment_intent: charge.payment_intent,
    reason: reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  };
}
