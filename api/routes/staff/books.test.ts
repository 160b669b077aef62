import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BookCheck } from '../../../models/billing/book-check.js';
import { testApp } from '../../../tests/support/app.js';
import { aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const books = suite('[BIL-01] the page of the books');
const at = new Date('2027-03-11T10:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let staff: Visitor;

books.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => at }));
  staff = await signedInVisitor(guest, await aStaffMember({ name: 'Oksana Kovalenko', role: 'billing' }));
});
books.after(async () => {
  await guest.leave();
  await database.close();
});

async function end(rows: Record<string, unknown>[] | undefined): Promise<void> {
  const open = await BookCheck.query().modify('open').first().throwIfNotFound();
  await open.$query().patch({ beganAt: at });
  const findings = [
    { invariant: { id: 'I1', name: 'transactionsBalance' }, rows: [] },
    { invariant: { id: 'I3', name: 'providerAgrees' }, rows },
  ] as const;
  await open.end(findings, undefined, new Date(at.getTime() + 4_000));
}

books('says before the first check that there was none', async () => {
  assert.match((await staff.get('/staff/books')).body, 'Not checked yet');
});

books('takes a wish for a check once, and says that it is under way', async () => {
  for (const _ of [1, 2]) assert.is((await staff.post('/staff/book-checks', {})).status, 303);
  assert.is(await BookCheck.query().resultSize(), 1);
  const { body } = await staff.get('/staff/books');
  assert.match(body, 'A check was asked for');
  assert.not.match(body, 'Check now');
});

books('shows what does not hold first, with the rows at fault', async () => {
  await end([{ kind: 'charge', id: 'ch_1', ours: null, theirs: '100 EUR' }]);
  const { body } = await staff.get('/staff/books');
  assert.match(body, 'Does not hold');
  assert.match(body, 'ch_1');
  assert.match(body, '1 row at fault');
  assert.match(body, 'Oksana Kovalenko');
  assert.ok(body.indexOf('card provider’s') < body.indexOf('sums to zero'));
});

books('shows what could not be looked at, and that all holds when it does', async () => {
  await staff.post('/staff/book-checks', {});
  await Model.knex()('book_checks')
    .whereNull('ended_at')
    .update({ asked_at: new Date(at.getTime() + 1_000) });
  await end(undefined);
  assert.match((await staff.get('/staff/books')).body, 'Not looked at');
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'read_only' }));
  assert.not.match((await reader.get('/staff/books')).body, 'Check now');
  assert.is((await reader.post('/staff/book-checks', {})).status, 403);
});

books.run();
