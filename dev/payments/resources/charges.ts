import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { noSuch } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { parameters, text } from '../api/parameters.js';
import type { BankDecline } from '../cards/declines.js';
import { newId } from '../ids.js';
import { booked } from '../money/balance.js';
import { chargeFee } from '../money/fees.js';
import type { Charge, PaymentIntent, PaymentMethod } from '../state/objects.js';
import { testCardOfId } from './payment-methods.js';

export function chargeRoutes(api: Api, account: Account): void {
  const listing = parameters({ ...dated, customer: text.optional(), payment_intent: text.optional() });
  api.on('GET', '/charges', listing, ({ customer, payment_intent, ...at }) =>
    page('/v1/charges', account.charges, at, { where: { customer, payment_intent } }),
  );

  api.on('GET', '/charges/:id', parameters({}), (_, { id }) => chargeOf(account, id));
}

export function chargeOf(account: Account, id: string): Charge {
  const charge = account.charges.get(id);
  if (!charge) throw noSuch('charge', id);
  return charge;
}

/** What the bank was asked for, and its answer: paid (at once, or held until captured), or refused. */
export function madeCharge(
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline?: BankDecline,
): Charge {
  const captured = !decline && intent.capture_method !== 'manual';
  const made = account.charges.put({
    id: newId('ch'),
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: method.billing_details,
    calculated_statement_descriptor: 'NORTHQUAY',
    captured,
    created: account.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: outcomeOf(decline),
    paid: !decline,
    payment_intent: intent.id,
    payment_method: method.id,
    payment_method_details: { card: paidBy(method, intent), type: 'card' },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: decline ? 'failed' : 'succeeded',
    transfer_data: null,
    transfer_group: null,
  });
  const charge = captured ? settled(account, made) : made;
  account.tell(decline ? 'charge.failed' : 'charge.succeeded', charge);
  return charge;
}

/** Money that was held is taken, in whole or in part. */
export function capturedCharge(account: Account, held: Charge, amount: number): Charge {
  const charge = settled(account, account.charges.put({ ...held, amount_captured: amount, captured: true }));
  account.tell('charge.captured', charge);
  return charge;
}

/** What was captured goes on the balance, less the fee. */
function settled(account: Account, charge: Charge): Charge {
  const { id: source, amount_captured: amount, currency, description, payment_method } = charge;
  const card = testCardOfId(account, payment_method);
  const { id: balance_transaction } = booked(account, {
    type: 'charge',
    category: 'charge',
    source,
    amount,
    currency,
    fee: chargeFee(amount, currency),
    feeFor: 'Stripe processing fees',
    description: description as string | null,
    settles: !card?.settlesAtOnce,
  });
  if (card?.dispute) account.promise('dispute_opens', source);
  return account.charges.put({ ...charge, balance_transaction });
}

function outcomeOf(decline: BankDecline | undefined): object {
  const blocked = decline?.declineCode === 'fraudulent';
  const network_status = blocked ? 'not_sent_to_network' : decline ? 'declined_by_network' : 'approved_by_network';
  return {
    advice_code: decline?.advice ?? null,
    network_advice_code: null,
    network_decline_code: null,
    network_status,
    reason: blocked ? 'highest_risk_level' : (decline?.declineCode ?? null),
    risk_level: blocked ? 'highest' : 'normal',
    risk_score: blocked ? 92 : 20,
    seller_message: decline ? 'The bank did not approve this payment.' : 'Payment complete.',
    type: blocked ? 'blocked' : decline ? 'issuer_declined' : 'authorized',
  };
}

function paidBy({ card }: PaymentMethod, { amount }: PaymentIntent): object {
  const { brand, checks, country, exp_month, exp_year, fingerprint, funding, last4 } = card;
  return {
    amount_authorized: amount,
    brand,
    checks,
    country,
    exp_month,
    exp_year,
    fingerprint,
    funding,
    installments: null,
    last4,
    mandate: null,
    network: brand,
    network_token: { used: false },
    three_d_secure: null,
    wallet: null,
  };
}
