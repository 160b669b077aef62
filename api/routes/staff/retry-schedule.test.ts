import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { RetrySchedule } from '../../../models/billing/retry-schedule.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aFailedPayment } from '../../../tests/support/failed-payments.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const schedules = suite('[BIL-06] the retry schedule as a setting');
const address = '/staff/retry-schedule';
let now = new Date('2026-11-25T12:00:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let invoice: string;

schedules.before.each(async () => {
  now = new Date('2026-11-25T12:00:00Z');
  database = await openDatabase();
  guest = await visit(testApp({ now: () => now }));
  visitor = await signedInVisitor(guest, await aStaffMember({ role: 'billing', name: 'Oksana Kovalenko' }));
  invoice = (await aFailedPayment(await aCustomer(), { on: '2026-11-25T10:00:00Z' })).invoice.number;
});
schedules.after.each(async () => {
  await guest.leave();
  await database.close();
});

const wish = (differing: Record<string, string> = {}) => ({
  ...{ days: '2, 4', rest: '2', running: 'keep', from: '' },
  ...differing,
});
const newest = async () => (await RetrySchedule.all().first())?.id ?? '';
const nextOf = async () => (await visitor.get(`/staff/payments/${invoice}`)).body.match(/tried on (\w+ \d+)/)?.[1];

schedules('is told in words, the usual one too, with what running collections would come to', async () => {
  const { body } = await visitor.get(address);
  assert.match(body, 'tried again 1, 3, 5, 8, and 13 days after the first failure');
  assert.match(body, 'nobody has set another');
  assert.match(body, 'One invoice has a try ahead and goes on as it began');
  assert.match((await visitor.get('/staff/payments')).body, `href="${address}"`);
});

schedules('is set with before and after in the audit trail; what runs keeps its own', async () => {
  assert.is((await visitor.post(address, wish())).status, 303);
  const { body } = await visitor.get(address);
  assert.match(body, 'tried again 2 and 4 days after the first failure, and rests 2 days');
  assert.match(body, /Set by Oksana Kovalenko on Nov 25, 2026, 1[234]:00/);
  const [entry, ...more] = await AuditEntry.query().where({ action: 'retry_schedule.set' });
  assert.equal(more, []);
  assert.equal(entry?.before, { retryDays: '1, 3, 5, 8, 13', restDays: 1 });
  assert.equal(entry?.after, { retryDays: '2, 4', restDays: 2, running: 'kept' });
  assert.is(await nextOf(), 'Nov 26');
});

schedules('is taken over by what runs, where somebody says so', async () => {
  await visitor.post(address, wish({ running: 'take' }));
  assert.match((await visitor.get(address)).body, 'is told of it within minutes');
  assert.is(await nextOf(), 'Nov 27');
});

schedules('of two who set one at once the second looks again, and nothing is set twice', async () => {
  await visitor.post(address, wish());
  now = new Date('2026-11-25T12:01:00Z');
  const late = await visitor.post(address, wish({ days: '9' }));
  assert.is(late.status, 409);
  assert.match(late.body, 'Somebody set another schedule meanwhile');
  assert.is((await visitor.post(address, wish({ from: await newest() }))).status, 303);
  assert.is(await RetrySchedule.query().resultSize(), 1);
});

for (const [differing, says] of [
  [{ days: '' }, 'Type whole days from 1 to 60'],
  [{ days: '1, x' }, 'Type whole days from 1 to 60'],
  [{ days: '1e3' }, 'Type whole days from 1 to 60'],
  [{ days: '1, 99' }, 'Type whole days from 1 to 60'],
  [{ days: '4, 2' }, 'Let the days rise'],
  [{ days: '1, 2', rest: '0' }, 'Type a whole number from 1 to 7'],
  [{ running: 'sometimes' }, 'Say what happens to what is being collected'],
  [{ days: '9'.repeat(5000) }, 'Type whole days from 1 to 60'],
] as const) {
  schedules(`is not set from ${JSON.stringify(differing).slice(0, 40)}, and keeps what was typed`, async () => {
    const { status, body } = await visitor.post(address, wish(differing));
    assert.is(status, 422);
    assert.match(body, says);
    assert.is(await RetrySchedule.query().resultSize(), 0);
  });
}

schedules('is seen by all who see payments, and set by those who change billing', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.not.match((await reader.get(address)).body, 'Set the schedule');
  assert.is((await reader.post(address, wish())).status, 403);
});

schedules.run();
