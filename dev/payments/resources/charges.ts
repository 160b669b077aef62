import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { noSuch } from '../api/failures.js';
import { page } from '../api/lists.js';
import { paging, parameters, text } from '../api/parameters.js';
import type { BankDecline } from '../cards/declines.js';
import { newId } from '../ids.js';
import type { Charge, PaymentIntent, PaymentMethod } from '../state/objects.js';

export function chargeRoutes(api: Api, account: Account): void {
  const listing = parameters({ ...paging, customer: text.optional(), payment_intent: text.optional() });
  api.on('GET', '/charges', listing, ({ customer, payment_intent, ...at }) => {
    const rows = account.charges
      .newestFirst()
      .filter((row) => customer === undefined || row.customer === customer)
      .filter((row) => payment_intent === undefined || row.payment_intent === payment_intent);
    return page('/v1/charges', rows, at);
  });

  api.on('GET', '/charges/:id', parameters({}), (_, { id }) => {
    const charge = account.charges.get(id);
    if (!charge) throw noSuch('charge', id);
    return charge;
  });
}

/** What the bank was asked for, and its answer: paid (at once, or held until captured), or refused. */
export function madeCharge(
  account: Account,
  intent: PaymentIntent,
  method: PaymentMethod,
  decline?: BankDecline,
): Charge {
  const captured = !decline && intent.capture_method !== 'manual';
  const charge = account.charges.put({
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
  account.tell(decline ? 'charge.failed' : 'charge.succeeded', charge);
  return charge;
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
