import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ScheduleChange } from '../../rules/billing/schedule-change.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard, aFailedPayment, anOpenAttempt } from '../../tests/support/failed-payments.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { Customer } from '../accounts/customer.js';
import type { StaffMember } from '../accounts/staff-member.js';
import { TimelineEntry } from '../timeline-entry.js';
import { askForCard } from './card-request.js';
import { CollectionPlan } from './collection-plan.js';
import type { Invoice } from './invoice.js';
import type { PaymentMethod } from './payment-method.js';
import { changeSchedule } from './schedule-request.js';

const planning = suite('[BIL-06] what staff say of the next try');
const now = new Date('2026-11-25T12:00:00Z');
const friday = '2026-11-27T08:00:00.000Z';
let database: { close: () => Promise<void> };
let customer: Customer;
let invoice: Invoice;
let card: PaymentMethod;
let staff: StaffMember;

planning.before.each(async () => {
  database = await openDatabase();
  customer = await aCustomer();
  staff = await aStaffMember({ name: 'Oksana Kovalenko' });
  ({ invoice, card } = await aFailedPayment(customer, { on: '2026-11-24T10:00:00Z' }));
});
planning.after.each(() => database.close());

const by = () => ({ staffId: staff.id, address: '192.0.2.7' });
const change = (change: ScheduleChange) => changeSchedule(invoice.id, { change, by: by() }, now);
const plan = () => CollectionPlan.of(invoice.id);
const audited = () => AuditEntry.query().where({ action: 'invoice.schedule_changed' }).orderBy('id');
const told = async () =>
  (await TimelineEntry.query().where({ actor: 'staff' }).orderBy('id')).map(({ event }) => event);

planning('is kept, told and audited with before and after, once however often it is tried', async () => {
  for (let times = 0; times < 2; times++)
    assert.is(await change({ kind: 'at', at: friday, paymentMethodId: card.id }), undefined);
  assert.equal(await plan(), { tryAt: friday, paymentMethodId: card.id });
  const [entry, ...more] = await audited();
  assert.equal(more, []);
  assert.equal(entry?.before, { nextTry: '2026-11-25T10:00:00.000Z', heldUntil: null });
  assert.equal(entry?.after, { nextTry: friday, heldUntil: null, card: 'Visa •••• 4242' });
  assert.equal(await told(), ['invoice.try_planned']);
});

planning('is days more than there were, with a reason, once however often it is sent', async () => {
  const from = '2026-11-25T10:00:00.000Z';
  const grant = (start: string) => change({ kind: 'grant', days: 7, from: start, reason: 'paid on Friday' });
  for (let times = 0; times < 2; times++) assert.is(await grant(from), undefined);
  assert.equal(await plan(), { heldUntil: '2026-12-02T10:00:00.000Z' });
  const [entry, ...more] = await audited();
  assert.equal(more, []);
  assert.equal(entry?.after, {
    nextTry: '2026-12-02T10:00:00.000Z',
    heldUntil: '2026-12-02T10:00:00.000Z',
    days: 7,
    reason: 'paid on Friday',
  });
  assert.equal(await told(), ['invoice.days_granted']);
  assert.is(await grant('2026-11-26T10:00:00.000Z'), 'moved');
  assert.is(await grant('2026-12-02T10:00:00.000Z'), undefined);
  assert.equal(await plan(), { heldUntil: '2026-12-09T10:00:00.000Z' });
});

planning('is a hold, then a time instead, then the schedule again', async () => {
  await change({ kind: 'hold', until: '2026-12-02T00:00:00.000Z' });
  assert.equal(await plan(), { heldUntil: '2026-12-02T00:00:00.000Z' });
  await change({ kind: 'at', at: friday, paymentMethodId: card.id });
  await change({ kind: 'usual' });
  assert.is(await plan(), null);
  assert.equal(await told(), ['invoice.tries_held', 'invoice.try_planned', 'invoice.tries_usual']);
});

planning('is spent once its time has come', async () => {
  await change({ kind: 'at', at: friday, paymentMethodId: card.id });
  await CollectionPlan.spend(invoice.id);
  assert.is(await plan(), null);
});

planning(
  'is refused with another customer’s card, one that was removed, too soon, and while a try is under way',
  async () => {
    const [stranger, removed] = [await aCard(await aCustomer()), await aCard(customer, '5577')];
    await removed.$query().patch({ removedAt: now });
    for (const { id } of [stranger, removed])
      assert.is(await change({ kind: 'at', at: friday, paymentMethodId: id }), 'noCard');
    assert.is(await change({ kind: 'at', at: now.toISOString(), paymentMethodId: card.id }), 'tooSoon');
    await (await anOpenAttempt(invoice, card)).$query().patch({ status: 'unknown' });
    assert.is(await change({ kind: 'hold', until: friday }), 'unknown');
    assert.equal([await plan(), await audited(), await told()], [null, [], []]);
  },
);

planning('is another card asked for, at most once a day', async () => {
  const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  assert.is(await askForCard(invoice.id, by(), now), undefined);
  assert.is(await askForCard(invoice.id, by(), now), undefined); // the activity is tried again
  assert.is(await askForCard(invoice.id, by(), later(23)), 'askedLately');
  assert.is(await askForCard(invoice.id, by(), later(24)), undefined);
  assert.equal(await told(), ['invoice.card_asked', 'invoice.card_asked']);
  await change({ kind: 'hold', until: friday });
  assert.equal((await CollectionPlan.query().findById(invoice.id))?.cardAskedAt, later(24));
});

planning.run();
