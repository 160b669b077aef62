import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { balancesOf } from '../../tests/support/books.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aFailedPayment, anOpenAttempt } from '../../tests/support/failed-payments.js';
import { aPlacedOrder } from '../../tests/support/staff-tasks.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { Customer } from '../accounts/customer.js';
import type { StaffMember } from '../accounts/staff-member.js';
import { findBreaches } from '../durable/invariants/all.js';
import { TimelineEntry } from '../timeline-entry.js';
import { AccountCredit } from './account-credit.js';
import { Invoice } from './invoice.js';
import type { PaymentMethod } from './payment-method.js';
import { receiveTransfer } from './transfer.js';
import { WriteOff } from './write-off.js';

const losses = suite('[BIL-06] an invoice written off');
const at = new Date('2026-11-25T12:00:00Z');
let database: { close: () => Promise<void> };
let customer: Customer;
let invoice: Invoice;
let card: PaymentMethod;
let staff: StaffMember;

losses.before.each(async () => {
  database = await openDatabase();
  customer = await aCustomer();
  staff = await aStaffMember({ name: 'Oksana Kovalenko' });
  ({ invoice, card } = await aFailedPayment(customer));
});
losses.after.each(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await database.close();
});

const giveUp = (which = invoice, reason = 'the company is gone') =>
  WriteOff.record(which.id, { reason, by: { staffId: staff.id, address: '192.0.2.7' } }, at);
const transfer = (amountMinor: number, reference: string) =>
  receiveTransfer(
    invoice.id,
    { reference, receivedOn: '2026-11-25', amount: { amountMinor, currency: 'EUR' } },
    { staff, address: '192.0.2.7', at },
  );
const statusNow = async () => (await invoice.$query()).status;

losses('is a loss, gross: nothing is owed, revenue and VAT stay as they were booked', async () => {
  const before = await balancesOf(customer.id);
  assert.is(await giveUp(), undefined);
  assert.equal(await balancesOf(customer.id), { revenue: before.revenue, vat: before.vat, write_offs: 260_40 });
  const now = await invoice.$query();
  assert.equal([now.status, (await now.due()).amountMinor], ['uncollectible', 0]);
});

losses('is told once and stands in the audit trail with its reason, however often it is tried', async () => {
  await giveUp();
  assert.is(await giveUp(), undefined);
  const [entry, ...more] = await AuditEntry.query().where({ action: 'invoice.written_off' });
  assert.equal([entry?.actorName, entry?.subjectId, more.length], ['Oksana Kovalenko', invoice.number, 0]);
  assert.equal(entry?.before, { status: 'open' });
  const amount = { amountMinor: 260_40, currency: 'EUR' };
  assert.equal(entry?.after, { status: 'uncollectible', amount, reason: 'the company is gone' });
  assert.is(await TimelineEntry.query().where({ event: 'invoice.written_off' }).resultSize(), 1);
});

losses('is refused above what a role may give up, and done by an administrator', async () => {
  const { invoice: large } = await aFailedPayment(customer, { netMinor: 417_00 });
  staff = await aStaffMember({ role: 'billing' });
  assert.is(await giveUp(large), 'aboveLimit');
  assert.is((await large.$query()).status, 'open');
  assert.is(await WriteOff.query().resultSize(), 0);
  assert.is(await giveUp(), undefined);
  staff = await aStaffMember({ role: 'administrator' });
  assert.is(await giveUp(large), undefined);
});

losses(
  'is refused where a person’s write-offs of 24 hours come to more, also at once, and not the day after',
  async () => {
    staff = await aStaffMember({ role: 'billing' });
    const eight = await Promise.all(Array.from({ length: 8 }, () => aFailedPayment(customer)));
    const answers = await Promise.all(eight.map(({ invoice: each }) => giveUp(each)));
    assert.equal([...answers].sort(), ['aboveDayLimit', ...Array(7).fill(undefined)]);
    assert.is(await giveUp(), 'aboveDayLimit');
    assert.equal(await WriteOff.withinDay(staff.id, at), [{ amountMinor: 7 * 260_40, currency: 'EUR' }]);
    const by = { staffId: staff.id, address: '192.0.2.7' };
    assert.is(
      await WriteOff.record(invoice.id, { reason: 'gone', by }, new Date(at.getTime() + 86_400_000)),
      undefined,
    );
  },
);

losses('after a part was paid is a loss of the rest', async () => {
  await transfer(100_00, 'part');
  await giveUp();
  const { write_offs, receivables } = await balancesOf(customer.id);
  assert.equal([write_offs, receivables], [160_40, undefined]);
});

losses(
  'still takes money that comes later: the loss is smaller, then gone, and what is beyond it is credit',
  async () => {
    await giveUp();
    assert.is(await transfer(100_00, 'first'), undefined);
    assert.equal([(await balancesOf(customer.id)).write_offs, await statusNow()], [160_40, 'uncollectible']);
    assert.is(await transfer(170_00, 'second'), undefined);
    const { write_offs, cash, customer_credit } = await balancesOf(customer.id);
    assert.equal([write_offs, cash, customer_credit, await statusNow()], [undefined, 270_00, -9_60, 'paid']);
    assert.equal(
      (await AccountCredit.query()).map(({ amountMinor }) => amountMinor),
      [9_60],
    );
    assert.is(await transfer(1_00, 'third'), 'closed');
  },
);

losses('is refused while a try is under way or unknown', async () => {
  const attempt = await anOpenAttempt(invoice, card);
  assert.is(await giveUp(), 'underWay');
  await attempt.$query().patch({ status: 'unknown' });
  assert.is(await giveUp(), 'unknown');
  assert.is(await statusNow(), 'open');
});

losses('is refused of what is paid, and of what an order waits for', async () => {
  await transfer(260_40, 'all');
  assert.is(await giveUp(), 'closed');
  const { id: orderId } = await aPlacedOrder(customer);
  assert.is(await giveUp(await Invoice.query().findOne({ orderId }).throwIfNotFound()), 'order');
  assert.is(await WriteOff.query().resultSize(), 0);
});

losses.run();
