import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aFailedPayment } from '../../tests/support/failed-payments.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import { TimelineEntry } from '../timeline-entry.js';
import { PaymentAttempt } from './payment-attempt.js';

const retrying = suite('[BIL-06] a try that staff asked for');
let database: { close: () => Promise<void> };

retrying.before.each(async () => {
  database = await openDatabase();
});
retrying.after.each(() => database.close());

retrying('is written down once with who asked, however often it is opened', async () => {
  const staff = await aStaffMember();
  const { invoice, card } = await aFailedPayment(await aCustomer());
  const by = { staffId: staff.id, address: '192.0.2.7' };
  const wanted = { id: randomUUID(), invoiceId: invoice.id, paymentMethodId: card.id, onSession: false, by };
  const at = new Date('2026-11-25T12:00:00Z');
  await Promise.all([PaymentAttempt.open(wanted, at), PaymentAttempt.open(wanted, at)]);
  const attempt = await PaymentAttempt.query().findById(wanted.id);
  assert.equal([attempt?.askedBy, attempt?.status], [staff.id, 'created']);
  const entries = await AuditEntry.query().where({ action: 'invoice.retried', subjectId: invoice.number });
  const after = { card: 'Visa •••• 4242', amount: { amountMinor: 260_40, currency: 'EUR' } };
  assert.equal(
    entries.map((entry) => [entry.actorName, entry.address, entry.after]),
    [[staff.name, '192.0.2.7', after]],
  );
  const told = await TimelineEntry.query().where({ subjectId: invoice.id, event: 'invoice.retried' });
  assert.equal(
    told.map(({ actor, actorId }) => [actor, actorId]),
    [['staff', staff.id]],
  );
});

retrying.run();
