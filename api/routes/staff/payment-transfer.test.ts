import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable } from '../../../gateways/processes.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import { Payment } from '../../../models/billing/payment.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aFailedPayment, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';
import { invoiceChanged, invoicePayment } from '../../../workflows/messages/invoice-payment.js';

const booking = suite('[BIL-06] a transfer booked by staff');
const typed = { amount: '260,40', receivedOn: '2026-11-24', reference: 'RF18 5390' };
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let invoice: Invoice;
let address: string;
let failed: Awaited<ReturnType<typeof aFailedPayment>>;
const processes = stubbedProcesses();

booking.before.each(async () => {
  for (const stub of Object.values(processes)) stub.reset();
  database = await openDatabase();
  guest = await visit(testApp({ processes, now: () => new Date('2026-11-25T12:00:00Z') }));
  visitor = await signedInVisitor(guest, await aStaffMember({ role: 'billing' }));
  failed = await aFailedPayment(await aCustomer());
  ({ invoice } = failed);
  address = `/staff/payments/${invoice.number}`;
});
booking.after.each(async () => {
  await guest.leave();
  await database.close();
});

booking('pays the invoice, and whoever collects it is told', async () => {
  assert.match((await visitor.get(address)).body, 'value="260.40"');
  const { status, location } = await visitor.post(`${address}/transfers`, typed);
  assert.equal([status, location], [303, address]);
  assert.is((await invoice.$query()).status, 'paid');
  sinon.assert.calledOnceWithExactly(processes.signal, invoicePayment, { invoiceId: invoice.id }, invoiceChanged);
  const { body } = await visitor.get(address);
  assert.match(body, '€260.40 received (RF18 5390)');
  assert.not.match(body, 'Book it');
});

booking(
  'for an invoice that was paid meanwhile is refused; sent from a page that says so, it becomes credit',
  async () => {
    await visitor.post(`${address}/transfers`, typed);
    const second = { ...typed, reference: 'RF18 5391' };
    assert.is((await visitor.post(`${address}/transfers`, second)).status, 409);
    const { body } = await visitor.get(address);
    assert.match(body, 'name="asCredit" value="on"');
    assert.match(body, 'all of it becomes the customer’s credit');
    assert.is((await visitor.post(`${address}/transfers`, { ...second, asCredit: 'on' })).status, 303);
    assert.match((await visitor.get(address)).body, '€260.40 were paid beyond what was owed');
  },
);

booking('stands when nobody can be told just now', async () => {
  processes.signal.rejects(new ProcessesUnavailable('away'));
  assert.is((await visitor.post(`${address}/transfers`, typed)).status, 303);
  assert.is((await invoice.$query()).status, 'paid');
});

const bad: readonly (readonly [field: string, value: string | undefined])[] = [
  ['amount', '-5'],
  ['amount', '0'],
  ['amount', 'NaN'],
  ['amount', '1e9'],
  ['amount', '260.40 USD'],
  ['amount', '260.405'],
  ['amount', '99999999999999999999'],
  ['amount', undefined],
  ['receivedOn', '2026-11-26'],
  ['receivedOn', '2024-01-01'],
  ['receivedOn', '2026-02-30'],
  ['receivedOn', 'yesterday'],
  ['reference', ''],
  ['reference', '   '],
  ['reference', 'x'.repeat(141)],
  ['reference', 'two\u0000parts'],
];
for (const [field, value] of bad) {
  booking(`is not taken with ${field} “${String(value).slice(0, 24)}”, and what was typed comes back`, async () => {
    const { [field]: _, ...others } = typed as Record<string, string>;
    const fields = value === undefined ? others : { ...others, [field]: value };
    const { status, body } = await visitor.post(`${address}/transfers`, fields);
    assert.is(status, 422);
    assert.match(body, `href="#${field}"`);
    assert.equal(await Payment.query().where({ invoiceId: invoice.id }), []);
  });
}

booking('is refused in words while the last try is unknown', async () => {
  await (await anOpenAttempt(invoice, failed.card)).$query().patch({ status: 'unknown' });
  const { status, body } = await visitor.post(`${address}/transfers`, typed);
  assert.is(status, 409);
  assert.match(body, 'the customer could pay twice');
});

booking('is refused in words under a reference that another amount has', async () => {
  await visitor.post(`${address}/transfers`, { ...typed, amount: '100' });
  const { status, body } = await visitor.post(`${address}/transfers`, typed);
  assert.is(status, 409);
  assert.match(body, 'Another amount is booked under this reference');
});

booking('is left to those who may change billing', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.is((await reader.post(`${address}/transfers`, typed)).status, 403);
  assert.is((await visitor.post('/staff/payments/NQ-2026-999999/transfers', typed)).status, 404);
});

booking.run();
