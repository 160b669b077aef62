import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Contract } from '../models/accounts/contract.js';
import type { Customer } from '../models/accounts/customer.js';
import { PasswordReset } from '../models/accounts/password-reset.js';
import { Invoice } from '../models/billing/invoice.js';
import { listInvoices } from '../models/billing/invoice-list.js';
import { listOrders } from '../models/orders/order-list.js';
import { testApp } from './support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from './support/builders.js';
import { openDatabase } from './support/database.js';
import { anInvoice } from './support/invoices.js';
import { signedInVisitor } from './support/signed-in.js';
import { aPlacedOrder, aTask } from './support/staff-tasks.js';
import { statementsDuring } from './support/statements.js';
import { type Visitor, visit } from './support/visitor.js';

const lists = suite('[UX-03] lists');
const MOST = 6;
let database: { close: () => Promise<void> };
let guest: Visitor;
let customer: Customer;
let people: Record<'customer' | 'staff', Visitor>;
let other: Contract;

lists.before.each(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => new Date('2027-03-11T12:00:00Z') }));
  customer = await aCustomer({ name: 'Haut-Jura Networks', timeZone: 'Europe/Paris' });
  other = await Contract.query().insertAndFetch({ customerId: customer.id, name: 'Laboratory', isDefault: false });
  people = {
    customer: await signedInVisitor(guest, await aUser(customer, { timeZone: 'Europe/Paris' })),
    staff: await signedInVisitor(guest, await aStaffMember()),
  };
});
lists.after.each(async () => {
  await guest.leave();
  await database.close();
});

async function oneOfEach(): Promise<void> {
  const { id, number } = await aPlacedOrder(customer);
  await aService(customer);
  await anInvoice(customer);
  const about = { workflowId: `order:${id}`, subjectType: 'order', subject: number } as const;
  await aTask({ ...about, step: 'refundPayments' });
  const asked = { personKind: 'user', name: 'nobody', address: '192.0.2.1' } as const;
  await PasswordReset.ask({ ...asked, askedAt: new Date('2027-03-11T11:00:00Z') });
}

const pages: [who: keyof typeof people, path: string][] = [
  ['customer', '/orders'],
  ['customer', '/orders?q=web&sort=total&from=2026-01-01'],
  ['customer', '/invoices'],
  ['customer', '/invoices?q=NQ&show=all&page=2'],
  ['customer', '/servers'],
  ['customer', '/servers?q=web&show=installed'],
  ['staff', '/staff/orders?q=web&sort=customer'],
  ['staff', '/staff/invoices?q=NQ-2026'],
  ['staff', '/staff/invoices?show=all&sort=customer'],
  ['staff', '/staff/payments?show=overdue&q=Haut&sort=-next'],
  ['staff', '/staff/audit'],
  ['staff', '/staff/tasks'],
  ['staff', '/staff/workflows?show=all'],
];
for (const [who, path] of pages) {
  lists(`${path} asks the database six times at most, however many rows there are`, async () => {
    const ask = async () => assert.is((await people[who].get(path)).status, 200);
    await oneOfEach();
    await ask();
    const few = await statementsDuring(ask);
    for (let more = 0; more < 11; more++) await oneOfEach();
    const many = await statementsDuring(ask);
    assert.ok(many.length <= MOST, many.join('\n'));
    assert.ok(many.length <= few.length, many.join('\n')); // a page behind the end, of few, asks once more how many there are
  });
}

function namesIn(body: string): string[] {
  return [...body.matchAll(/class="qm-title(?: num)?" href="[^"]+">([^<]+)</g)].map(([, name = '']) => name);
}

lists('are narrowed to days as the reader counts them, in the address and in the file', async () => {
  const early = await aPlacedOrder(customer, { placedAt: new Date('2027-03-09T22:30:00Z') }); // 23:30 in Paris
  const late = await aPlacedOrder(customer, { placedAt: new Date('2027-03-09T23:30:00Z') }); // the 10th there
  const { body } = await people.customer.get('/orders?from=2027-03-10');
  assert.equal(namesIn(body), [late.number]);
  const addresses = body.replaceAll('&#x3D;', '=');
  assert.match(addresses, 'href="/orders.csv?from=2027-03-10"');
  assert.match(addresses, 'href="/orders?from=2027-03-10&amp;sort=number"');
  assert.equal(namesIn((await people.customer.get('/orders?until=2027-03-09')).body), [early.number]);
  const csv = (await people.customer.get('/orders.csv?from=2027-03-10')).body;
  assert.match(csv, late.number);
  assert.not.match(csv, early.number);
  assert.is(namesIn((await people.customer.get('/orders?from=yesterday&until=%27')).body).length, 2);
});

lists('are narrowed to a contract where there is more than one', async () => {
  const [one, another] = [await aPlacedOrder(customer), await aPlacedOrder(customer, { hostName: 'lab.example.org' })];
  await another.$query().patch({ contractId: other.id });
  const invoice = await Invoice.query().findOne({ orderId: another.id }).throwIfNotFound();
  const narrowed = `?contract=${other.id}`;
  const { body } = await people.customer.get(`/orders${narrowed}`);
  assert.equal(namesIn(body), [another.number]);
  assert.match(body, `<option value="${other.id}" selected>Laboratory</option>`);
  assert.equal(namesIn((await people.customer.get(`/invoices${narrowed}`)).body), [invoice.number]);
  assert.equal(namesIn((await people.customer.get('/orders?contract=nonsense')).body).length, 2);
  const alone = await signedInVisitor(guest, await aUser(await aCustomer()));
  assert.not.match((await alone.get('/orders')).body, 'All contracts');
  assert.equal(namesIn((await alone.get(`/orders${narrowed}`)).body), []);
  assert.is(one.customerId, customer.id);
});

for (const list of ['orders', 'invoices'] as const) {
  lists(`${list} go on in a file where a batch ended, in whatever order, each row once`, async () => {
    for (let made = 0; made < 7; made++) await aPlacedOrder(customer);
    for (const sort of ['number', 'total', 'status', 'customer'] as const) {
      for (const direction of ['asc', 'desc'] as const) {
        const wanted = { query: '', sort, direction, filter: 'all', today: '2027-03-11' } as const;
        const read = (limit: number, after?: string) =>
          list === 'orders'
            ? listOrders('everybody', wanted, { offset: 0, limit, after })
            : listInvoices('everybody', wanted, { offset: 0, limit, after });
        const whole = (await read(100)).map(({ id }) => id);
        const inParts: string[] = [];
        for (let part = await read(3); part.length > 0; part = await read(3, inParts.at(-1)))
          inParts.push(...part.map(({ id }) => id));
        assert.equal(inParts, whole, `${sort} ${direction}`);
        assert.is(whole.length, 7);
      }
    }
  });
}

lists('of staff find invoices by the beginning of a number and by the customer', async () => {
  const invoice = await anInvoice(customer);
  await anInvoice(await aCustomer({ name: 'Fjordlys AS' }));
  for (const query of [invoice.number, invoice.number.toLowerCase(), 'haut-jura', customer.number]) {
    const { body } = await people.staff.get(`/staff/invoices?q=${encodeURIComponent(query)}`);
    assert.equal(namesIn(body), [invoice.number], query);
  }
  assert.is(namesIn((await people.staff.get('/staff/invoices?q=NQ-2026')).body).length, 2);
  assert.equal(namesIn((await people.staff.get('/staff/invoices?q=%25')).body), []);
  const { body } = await people.staff.get(`/staff/invoices/${invoice.number}`);
  for (const said of ['Haut-Jura Networks', '€260.40', `invoice-payment:${invoice.id}`]) assert.match(body, said);
  assert.is((await people.staff.get(`/staff/invoices/${invoice.number}/print`)).status, 200);
  assert.is((await people.staff.get('/staff/invoices/NQ-2026-999999')).status, 404);
});

lists('send a fragment to htmx and the same as a page', async () => {
  const order = await aPlacedOrder(customer);
  const page = (await people.customer.get('/orders?q=web')).body;
  const fragment = (await people.customer.get('/orders?q=web', { 'hx-request': 'true' })).body;
  assert.match(page, '<html');
  assert.not.match(fragment, '<html');
  for (const body of [page, fragment]) assert.match(body, order.number);
});

lists.run();
