import { randomUUID } from 'node:crypto';
import Stripe from 'stripe';
import * as assert from 'uvu/assert';
import { type Simulated, stripeContract } from '../support/stripe-contract.js';

const { hereAlone, run } = stripeContract('[BIL-05] the whole of the card provider');

/** Every kind of event that the simulator can cause. */
const kinds = [
  ...['customer.created', 'customer.updated', 'payment_method.attached', 'payment_method.detached'],
  ...['setup_intent.created', 'setup_intent.requires_action', 'setup_intent.succeeded', 'setup_intent.canceled'],
  ...['setup_intent.setup_failed', 'payment_intent.created', 'payment_intent.requires_action'],
  ...['payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.canceled'],
  ...['payment_intent.amount_capturable_updated', 'charge.succeeded', 'charge.failed', 'charge.captured'],
  ...[
    'charge.updated',
    'charge.refunded',
    'refund.created',
    'refund.updated',
    'refund.failed',
    'charge.refund.updated',
  ],
  ...['charge.dispute.created', 'charge.dispute.updated', 'charge.dispute.closed', 'charge.dispute.funds_withdrawn'],
  ...['charge.dispute.funds_reinstated', 'payout.created', 'payout.paid', 'payout.failed'],
];

const card = { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' };
const refused = (call: Promise<unknown>) =>
  call.then(
    () => assert.unreachable('it was not refused'),
    (error: unknown) => assert.instance(error, Stripe.errors.StripeError),
  );
/** By the bare protocol, for what the package would not send; the status. */
async function ask(
  { origin }: Simulated,
  method: string,
  path: string,
  given: Record<string, string>,
): Promise<number> {
  const body = method === 'POST' ? new URLSearchParams(given) : null;
  const query = body ? '' : `?${new URLSearchParams(given)}`;
  const headers = { Authorization: 'Bearer sk_test_1' };
  return (await fetch(origin + path + query, { method, headers, body })).status;
}

async function people({ stripe, customer }: Simulated): Promise<void> {
  await stripe.customers.create({ name: 'Petro', metadata: { customer_id: 'c-2' } });
  await stripe.customers.retrieve(customer);
  await stripe.customers.list({ email: 'olha@example.org' });
  const made = await stripe.paymentMethods.create({ type: 'card', card });
  await stripe.paymentMethods.attach(made.id, { customer });
  await stripe.paymentMethods.retrieve(made.id, { expand: ['customer'] });
  await stripe.paymentMethods.update(made.id, { metadata: { note: 'usual' }, billing_details: { name: 'Olha' } });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: made.id }, phone: '+380' });
  await stripe.customers.retrieve(customer, { expand: ['invoice_settings.default_payment_method'] });
  await stripe.customers.listPaymentMethods(customer, { limit: 1 });
  await stripe.paymentMethods.list({ customer, type: 'card' });
  await stripe.paymentMethods.detach(made.id);
}

async function setups({ stripe, customer }: Simulated): Promise<void> {
  const asked = { customer, usage: 'off_session', payment_method_types: ['card'] } as const;
  const setup = await stripe.setupIntents.create(asked);
  await stripe.setupIntents.confirm(setup.id, { payment_method: 'pm_card_visa' });
  await stripe.setupIntents.retrieve(setup.id, { expand: ['payment_method', 'customer'] });
  const challenged = await stripe.setupIntents.create(asked);
  await stripe.setupIntents.confirm(challenged.id, {
    payment_method: 'pm_card_authenticationRequired',
    return_url: 'https://shop.example',
  });
  await stripe.setupIntents.cancel(challenged.id, { cancellation_reason: 'abandoned' });
  const declined = await stripe.setupIntents.create(asked);
  await refused(stripe.setupIntents.confirm(declined.id, { payment_method: 'pm_card_visa_chargeDeclined' }));
  await stripe.setupIntents.retrieve(declined.id);
  await stripe.setupIntents.list({ customer, limit: 2 });
}

async function charges(provider: Simulated): Promise<string> {
  const { stripe, customer, pay, control } = provider;
  const money = { amount: 3000, currency: 'eur', customer } as const;
  const { id } = await pay('pm_card_visa');
  await stripe.charges.retrieve(id, { expand: ['balance_transaction', 'customer', 'payment_intent'] });
  await stripe.charges.list({ customer, limit: 1 });
  const intent = await stripe.paymentIntents.create({ ...money, payment_method: 'pm_card_authenticationRequired' });
  await stripe.paymentIntents.update(intent.id, { description: 'NQ-1', metadata: { attempt_id: randomUUID() } });
  await stripe.paymentIntents.confirm(intent.id, { return_url: 'https://shop.example', use_stripe_sdk: true });
  await stripe.paymentIntents.retrieve(intent.id, { expand: ['payment_method', 'customer', 'latest_charge'] });
  await stripe.paymentIntents.cancel(intent.id, { cancellation_reason: 'requested_by_customer' });
  await refused(pay('pm_card_visa_chargeDeclined'));
  control.decline('lost_card');
  await refused(pay('pm_card_visa'));
  const held = await stripe.paymentIntents.create({
    ...money,
    ...{ payment_method: 'pm_card_visa', capture_method: 'manual', confirm: true, off_session: true },
  });
  await stripe.paymentIntents.capture(held.id, { amount_to_capture: 1000 });
  await stripe.paymentIntents.list({ customer, limit: 3, expand: ['data.latest_charge'] });
  return id;
}

async function refunds({ stripe, pay, control }: Simulated, charge: string): Promise<void> {
  const refund = await stripe.refunds.create({ charge, amount: 100, reason: 'requested_by_customer' });
  await stripe.refunds.update(refund.id, { metadata: { note: 'told' } });
  await stripe.refunds.retrieve(refund.id, { expand: ['charge', 'payment_intent', 'balance_transaction'] });
  await stripe.refunds.list({ charge });
  control.refunds('pending', 'pending');
  const [good, bad] = [
    await stripe.refunds.create({ charge, amount: 1 }),
    await stripe.refunds.create({ charge, amount: 2 }),
  ];
  control.decideRefund(good.id, 'succeeded');
  control.decideRefund(bad.id, 'failed');
  const { id } = await pay('pm_card_visa');
  await stripe.refunds.create({ charge: id });
  await stripe.refunds.retrieve(bad.id, { expand: ['failure_balance_transaction'] });
}

async function disputes({ stripe, pay, control }: Simulated): Promise<void> {
  for (const outcome of ['won', 'lost'] as const) {
    const { id: charge } = await pay('pm_card_visa');
    const { id } = control.dispute(charge);
    await stripe.disputes.update(id, { evidence: { customer_name: 'Olha', uncategorized_text: 'sent' }, submit: true });
    await stripe.disputes.retrieve(id, { expand: ['charge', 'payment_intent'] });
    control.decideDispute(id, outcome);
    await stripe.disputes.list({ charge });
  }
  const { id: charge } = await pay('pm_card_visa');
  const { id } = control.dispute(charge, { inquiry: true, reason: 'general' });
  control.decideDispute(id, 'escalated');
  await stripe.disputes.close(id);
}

async function accounts({ stripe, pay, control }: Simulated): Promise<void> {
  for (const _ of [1, 2]) await pay('pm_card_bypassPending', 9000);
  await stripe.balance.retrieve();
  const payout = await stripe.payouts.create({ amount: 500, currency: 'eur' });
  control.decidePayout(payout.id, 'failed');
  for (const { id } of control.payOut()) control.decidePayout(id, 'paid');
  await stripe.payouts.list({ status: 'paid' });
  await stripe.payouts.retrieve(payout.id, { expand: ['balance_transaction', 'failure_balance_transaction'] });
  const { data } = await stripe.balanceTransactions.list({ limit: 5, expand: ['data.source'] });
  await stripe.balanceTransactions.retrieve(data[0]?.id ?? '');
  const events = await stripe.events.list({ types: ['payout.paid', 'payout.failed'], limit: 1 });
  await stripe.events.retrieve(events.data[0]?.id ?? '');
  const endpoint = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/',
    enabled_events: ['payout.paid'],
  });
  await stripe.webhookEndpoints.retrieve(endpoint.id);
  await stripe.webhookEndpoints.list();
  await stripe.webhookEndpoints.del(endpoint.id);
}

/** Each call with what nobody knows, and on what does not exist. */
async function refusals(provider: Simulated): Promise<void> {
  for (const { method, path } of provider.calls) {
    const address = `/v1${path.replace(':id', 'nothing_1')}`;
    assert.is(await ask(provider, method, address, { colour: 'red' }), 400, `${method} ${path}`);
    if (path.includes(':id'))
      assert.ok([400, 404].includes(await ask(provider, method, address, {})), `${method} ${path}`);
  }
}

hereAlone(
  '[BIL-05] every call is answered and refused in its words, every kind of event is one of its own',
  'it lists its calls',
  async (provider) => {
    await people(provider);
    await setups(provider);
    await refunds(provider, await charges(provider));
    await disputes(provider);
    await accounts(provider);
    await refusals(provider);

    const answered = (good: boolean) =>
      provider.calls.filter(({ method, path }) => {
        const pattern = new RegExp(`^/v1${path.replace(':id', '[^/]+')}$`);
        const calls = provider.exchanges.filter((each) => each.method === method && pattern.test(each.path));
        return !calls.some(({ status }) => (status === 200) === good);
      });
    assert.ok(provider.calls.length >= 40, `${provider.calls.length} calls`);
    assert.equal(answered(true), [], 'never answered');
    assert.equal(answered(false), [], 'never refused');
    const told = new Set([...provider.control.account.events.oldest()].map(({ type }) => type));
    assert.equal([...told].sort(), [...kinds].sort());
  },
);

run();
