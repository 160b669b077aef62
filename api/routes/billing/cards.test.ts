import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { settleAttempt } from '../../../models/billing/attempt-settlement.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../../models/billing/payment-method.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aDecline } from '../../../tests/support/failed-payments.js';
import { anInvoice, saveCard, typedCard } from '../../../tests/support/invoices.js';
import { type RunningSimulator, startPaymentSimulator } from '../../../tests/support/payment-simulator.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Fields, type Visitor, visit } from '../../../tests/support/visitor.js';
import { cardUpdated, invoicePayment } from '../../../workflows/messages/invoice-payment.js';

const keeping = suite('[BIL-04] cards');
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let processes: ReturnType<typeof stubbedProcesses>;
let customer: Customer;
let visitor: Visitor;

keeping.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
});
keeping.before.each(async () => {
  processes = stubbedProcesses();
  customer = await aCustomer();
  const { payments } = simulator;
  const guest = await visit(testApp({ processes, payments, now: () => new Date('2026-11-22T10:00:00Z') }));
  visitor = await signedInVisitor(guest, await aUser(customer));
});
keeping.after.each(() => visitor.leave());
keeping.after(async () => {
  await simulator.stop();
  await database.close();
});

function usable(): Promise<PaymentMethod[]> {
  return PaymentMethod.query().modify('ownedBy', customer).modify('usable').execute();
}

keeping('are added with one account at the provider, however many pages ask for it at once', async () => {
  await Promise.all([1, 2, 3].map(() => visitor.get('/cards/new')));
  const { paymentAccount } = await customer.$query();
  const accounts = simulator.control.account.customers.newestFirst().filter(({ email }) => email === customer.email);
  assert.equal(
    accounts.map(({ id }) => id),
    [paymentAccount],
  );
  const setup = await typedCard(simulator, paymentAccount ?? '', '5555555555554444');
  const { status, location } = await visitor.post('/cards', { setup });
  assert.equal([status, location], [303, '/cards']);
  await visitor.post('/cards', { setup }); // sent twice
  assert.equal(
    (await usable()).map(({ last4, isDefault }) => [last4, isDefault]),
    [['4444', true]],
  );
  assert.match((await visitor.get('/cards')).body, 'Mastercard •••• 4444');
});

keeping('are made the usual one, and the oldest left takes the place of one that is removed', async () => {
  const { card: first } = await saveCard(simulator, customer);
  const { card: second } = await saveCard(simulator, customer, '5555555555554444');
  await visitor.post(`/cards/${second.id}/default`, {});
  assert.equal(
    (await usable()).map(({ id }) => id),
    [second.id, first.id],
  );
  assert.match((await visitor.get(`/cards/${second.id}/removal`)).body, 'Remove Mastercard •••• 4444?');
  assert.is((await visitor.post(`/cards/${second.id}`, { _method: 'delete' })).status, 303);
  assert.equal(
    (await usable()).map(({ id, isDefault }) => [id, isDefault]),
    [[first.id, true]],
  );
  assert.is(simulator.control.account.paymentMethods.get(second.providerId)?.customer, null);
  assert.is((await visitor.post(`/cards/${second.id}`, { _method: 'delete' })).status, 404);
});

keeping('stay while a payment with them is under way', async () => {
  const { card } = await saveCard(simulator, customer);
  const attempt = { id: '0d9f3c1e-9a0c-4a61-8f5b-7b6f3c1e9a0c', invoiceId: (await anInvoice(customer)).id };
  await PaymentAttempt.open({ ...attempt, paymentMethodId: card.id, onSession: true }, new Date());
  assert.is((await visitor.post(`/cards/${card.id}`, { _method: 'delete' })).status, 409);
  assert.is((await usable()).length, 1);
});

keeping('that come after one failed are told to whoever collects that invoice, and to nobody else', async () => {
  const { card } = await saveCard(simulator, customer);
  const [failed] = [await anInvoice(customer), await anInvoice(customer)];
  const id = '1d9f3c1e-9a0c-4a61-8f5b-7b6f3c1e9a0c';
  await PaymentAttempt.open({ id, invoiceId: failed.id, paymentMethodId: card.id, onSession: true }, new Date());
  await settleAttempt(id, { state: 'declined', kind: 'hard', code: 'expired_card' }, new Date());
  const { paymentAccount } = await customer.$query();
  await visitor.post('/cards', { setup: await typedCard(simulator, paymentAccount ?? '') });
  sinon.assert.calledOnceWithExactly(processes.signal, invoicePayment, { invoiceId: failed.id }, cardUpdated);
});

keeping('keep nobody waiting for a cluster that is away once for each invoice', async () => {
  const { card } = await saveCard(simulator, customer);
  const other = await saveCard(simulator, customer, '5555555555554444');
  for (const _ of [1, 2, 3]) await aDecline(await anInvoice(customer), card);
  processes.signal.rejects(new ProcessesUnavailable('away'));
  assert.is((await visitor.post(`/cards/${other.card.id}/default`, {})).status, 303);
  sinon.assert.calledOnce(processes.signal);
});

keeping('point out the one that ends soon and the one that has ended', async () => {
  const until = async (number: string, expYear: number, expMonth: number) =>
    (await saveCard(simulator, customer, number)).card.$query().patch({ expYear, expMonth });
  await until('4242424242424242', 2026, 10);
  await until('5555555555554444', 2026, 12);
  const { body } = await visitor.get('/cards');
  assert.match(body, 'until 10/26. It has expired');
  assert.match(body, 'until 12/26. It ends soon');
});

const odd: readonly (readonly [string, string])[] = [
  ['nothing', ''],
  ['an unfinished setup', 'unfinished'],
  ['no setup of ours', 'setup=pm_card_visa'],
  ['two setups', 'setup=seti_1&setup=seti_2'],
  ['extra fields', 'setup=seti_1&isDefault=on'],
  ['__proto__', '__proto__[setup]=seti_1'],
  ['a very long id', `setup=seti_${'x'.repeat(9_000)}`],
];
for (const [what, fields] of odd) {
  keeping(`are not made of ${what}`, async () => {
    await saveCard(simulator, customer);
    const account = (await customer.$query()).paymentAccount ?? '';
    const sent =
      fields === 'unfinished' ? `setup=${(await simulator.payments.startCardSetup(account)).setupId}` : fields;
    const { status, body } = await visitor.post('/cards', new URLSearchParams(sent) as unknown as Fields);
    assert.is(status, 422);
    assert.match(body, 'The card was not saved');
    assert.is((await usable()).length, 1);
  });
}

keeping('of others are neither taken nor shown nor changed', async () => {
  const { card, setupId } = await saveCard(simulator, await aCustomer());
  await visitor.get('/cards/new');
  assert.is((await visitor.post('/cards', { setup: setupId })).status, 422);
  for (const path of [`/cards/${card.id}/removal`, '/cards/x/removal'])
    assert.is((await visitor.get(path)).status, 404);
  assert.is((await visitor.post(`/cards/${card.id}/default`, {})).status, 404);
  assert.is((await visitor.post(`/cards/${card.id}`, { _method: 'delete' })).status, 404);
  assert.is((await card.$query()).removedAt, null);
});

keeping.run();
