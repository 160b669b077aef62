import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { LedgerTransaction } from '../../../models/billing/ledger-transaction.js';
import { AddressAssignment } from '../../../models/network/address-assignment.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aPlacedOrder } from '../../../tests/support/staff-tasks.js';
import { statementsDuring } from '../../../tests/support/statements.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const customers = suite('[STF-01] customers');
const now = () => new Date('2027-03-11T12:10:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let jura: Customer;
let service: Service;

customers.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now }));
  visitor = await signedInVisitor(guest, await aStaffMember());
  jura = await aCustomer({ name: '=Coopérative <Haut-Jura>', vatNumber: 'FR40303265045', city: 'Morez' });
  await aUser(jura, { name: 'Élodie Martin', email: 'elodie@haut-jura.example' });
  service = await aService(jura, { slug: 'web-3', priceMinor: 99_00, periodMonths: 3 });
  await aService(jura, { priceMinor: 30_00 });
  await aCustomer({ name: 'Fjordlys Medietjenester AS', country: 'NO' });
});
customers.after(async () => {
  await guest.leave();
  await database.close();
});

const find = (query: string) => visitor.get(`/staff/customers?${query}`);

customers('are found by name, number, e-mail, VAT number, host name and address', async () => {
  const [{ block = '' } = {}] = await AddressAssignment.query().where({ serviceId: service.id });
  const address = block.split('/')[0] ?? '';
  for (const query of ['haut-jura', jura.number, 'ELODIE@', jura.email, 'FR40303', 'web-3.example', address]) {
    const { body } = await find(`q=${encodeURIComponent(query)}`);
    assert.match(body, jura.number, query);
    assert.not.match(body, 'Fjordlys', query);
  }
  assert.not.match((await find('q=%25')).body, jura.number);
  assert.not.match((await find('q=198.51.100.7')).body, jura.number);
});

customers('show what they run, what it brings a month, and what is unpaid and overdue', async () => {
  const owing = await aCustomer({ name: 'Zonnebloem Webbouw B.V.' });
  await anInvoice(owing, { netMinor: 100_00, dueOn: '2027-03-01' });
  await anInvoice(owing, { netMinor: 50_00, dueOn: '2027-03-30' });
  const { body } = await find('q=haut-jura');
  assert.match(body, '€63.00'); // 99 a quarter and 30 a month
  const unpaid = (await find('show=unpaid')).body;
  assert.match(unpaid, '€180.00');
  assert.match(unpaid, '€120.00 overdue');
  assert.not.match(unpaid, jura.number);
  assert.match((await find('show=overdue')).body, owing.number);
  assert.not.match((await find('show=running')).body, owing.number);
  const [first] = (await find('sort=-unpaid')).body.match(/(?<=customers\/)C-\d+/) ?? [];
  assert.is(first, owing.number);
  const page = (await visitor.get(`/staff/customers/${owing.number}`)).body;
  assert.match(page, '€120.00 of it overdue');
  assert.match(page, 'No service yet.');
});

customers('are handed over as CSV that no spreadsheet runs', async () => {
  const { body } = await visitor.get('/staff/customers.csv?q=haut-jura');
  const [, line = ''] = body.split('\r\n');
  assert.match(line, `${jura.number},'=Coopérative <Haut-Jura>,Company,${jura.email},Morez,FR,FR40303265045`);
  assert.match(line, /,2,63,0,0,EUR$/);
});

customers('a list takes as many statements with many customers as with few', async () => {
  const few = await statementsDuring(() => find('size=50&sort=-unpaid&q=a'));
  for (let each = 0; each < 15; each++) await aService(await aCustomer());
  const many = await statementsDuring(() => find('size=50&sort=-unpaid&q=a'));
  assert.is(many.length, few.length);
  assert.ok(many.length <= 6, many.join('\n'));
});

customers('a page tells who they are, what they have, and what happened', async () => {
  const order = await aPlacedOrder(jura);
  const cause = {
    kind: 'account_credit',
    sourceId: order.id,
    customerId: jura.id,
    currency: 'EUR',
    at: now(),
  } as const;
  const booking = { revenue: 12_34, customer_credit: -12_34 };
  await LedgerTransaction.transaction((trx) => LedgerTransaction.book(cause, booking, trx));
  const asked = await statementsDuring(async () => {
    const { status, body } = await visitor.get(`/staff/customers/${jura.number}`);
    assert.is(status, 200);
    for (const words of [
      'Coopérative &lt;Haut-Jura&gt;',
      'FR40303265045',
      'Morez',
      'Élodie Martin',
      order.number,
      '€12.34',
    ])
      assert.match(body, words);
    assert.match(body, /href="\/staff\/servers\/S-\d+"/);
    assert.match(body, `/staff/audit?customer&#x3D;${jura.number}`);
    assert.match(body, '198.18.0.');
  });
  assert.ok(asked.length <= 11, asked.join('\n'));
});

customers('lead to what the audit trail holds about them', async () => {
  const entry = { actorKind: 'user', actorName: 'Élodie', action: 'service.renamed', subjectType: 'service' } as const;
  await AuditEntry.record({ ...entry, subjectId: 'jura-1', customerId: jura.id, happenedAt: now() });
  await AuditEntry.record({ ...entry, subjectId: 'other-1', happenedAt: now() });
  const { body } = await visitor.get(`/staff/audit?customer=${jura.number}`);
  assert.match(body, 'jura-1');
  assert.not.match(body, 'other-1');
  const support = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  assert.not.match((await support.get(`/staff/customers/${jura.number}`)).body, '/staff/audit');
});

customers('nobody of that number is a 404', async () => {
  assert.is((await visitor.get('/staff/customers/C-999999')).status, 404);
});

customers.run();
