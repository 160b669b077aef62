import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AccountLetter } from '../../../models/accounts/account-letter.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { ProcessStart } from '../../../models/durable/process-start.js';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { Order } from '../../../models/orders/order.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aPlacedOrder, aTask } from '../../../tests/support/staff-tasks.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const lists = suite('[STF-07] lists of the staff');
const now = () => new Date('2027-03-11T12:10:00Z');
const codec = { secret: 'long/secret', uiOrigin: 'http://ui.example', open: async () => undefined };
const temporalUi = { url: 'http://ui.example', namespace: 'shop' };
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let customer: Customer;
let order: Order;

lists.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now, codec, temporalUi }));
  visitor = await signedInVisitor(guest, await aStaffMember());
  customer = await aCustomer({ name: '=ТОВ «Карпатські мережі»' });
  order = await aPlacedOrder(customer);
  await ProcessStart.markStarted(`order:${order.id}`, now());
  await aPlacedOrder(await aCustomer({ name: 'Fjordlys Medietjenester AS' }), { hostName: 'db-1.fjordlys.example' });
});
lists.after(async () => {
  await guest.leave();
  await database.close();
});

lists('find orders of all customers by number, customer and host name', async () => {
  const all = (await visitor.get('/staff/orders')).body;
  for (const words of [order.number, 'Карпатські', 'Fjordlys', 'web-4.haut-jura.example']) assert.match(all, words);
  for (const query of [order.number, customer.number, 'карпатські', 'haut-jura']) {
    const { body } = await visitor.get(`/staff/orders?q=${encodeURIComponent(query)}`);
    assert.match(body, order.number);
    assert.not.match(body, 'Fjordlys');
  }
  assert.not.match((await visitor.get('/staff/orders?q=%25')).body, order.number);
  assert.not.match((await visitor.get('/staff/orders?show=active')).body, order.number);
});

lists('hand orders over as CSV that no spreadsheet runs', async () => {
  const { headers, body } = await visitor.get('/staff/orders.csv?q=haut-jura');
  assert.match(headers.get('content-type') ?? '', 'text/csv');
  assert.match(headers.get('content-disposition') ?? '', 'attachment; filename=orders.csv');
  const [, line = '', end] = body.split('\r\n');
  assert.match(line, `${order.number},${customer.number},'=ТОВ «Карпатські мережі»,Quay M4,web-4.haut-jura.example`);
  assert.match(line, /,189\.6,EUR$/);
  assert.is(end, '');
});

lists('show an order with its customer, steps, money and workflows', async () => {
  await ProcessStep.begin('order', order.id, 'payment', new Date('2027-03-11T12:09Z'));
  const { status, body } = await visitor.get(`/staff/orders/${order.number}`);
  assert.is(status, 200);
  assert.match(body, 'placed by Élodie Martin');
  assert.match(body, 'usually 5 sec');
  assert.match(body, `http://ui.example/namespaces/shop/workflows/order%3A${order.id}`);
  assert.match(body, 'No card was charged for it so far.');
  assert.is((await visitor.get('/staff/orders/NQ-1')).status, 404);
});

lists('tell of each process its state and what it waits for', async () => {
  const { body } = await visitor.get('/staff/workflows?q=карпатські');
  assert.match(body, 'its payment');
  assert.match(body, 'the card, or the customer');
  assert.match(body, `http://ui.example/namespaces/shop/workflows/order%3A${order.id}`);
  assert.match(body, 'http://shop.example/codec/long%2Fsecret');
  assert.match((await visitor.get('/staff/workflows?q=fjordlys')).body, 'being started');
  assert.not.match((await visitor.get('/staff/workflows?kind=serverProvisioning')).body, order.number);
  assert.match((await visitor.get('/staff/workflows?kind=nonsense&show=__proto__')).body, order.number);
});

lists('call a letter about a task what it is, and one about an account so', async () => {
  const staff = await aStaffMember();
  const person = { kind: 'staff', id: staff.id } as const;
  await AccountLetter.transaction(async (trx) => {
    const happenedAt = new Date('2027-03-11T12:00Z');
    await AccountLetter.promise(person, { kind: 'task_escalated', happenedAt, values: { task: 't1' } }, trx);
  });
  const page = '/staff/workflows?show=all&kind=accountLetter';
  const named = async () =>
    [...(await visitor.get(page)).body.matchAll(/class="sub">([^<]*[Ll]etter[^<]*)</g)].map(([, name]) => name);
  assert.equal(await named(), ['Letter about a task']);
  await AccountLetter.transaction((trx) =>
    AccountLetter.promise(person, { kind: 'new_place', happenedAt: new Date('2027-03-11T13:00Z') }, trx),
  );
  assert.equal(await named(), ['Account letter', 'Letter about a task']);
});

lists('say which decision a process waits for', async () => {
  const about = { workflowId: `order:${order.id}`, subjectType: 'order', subject: order.number } as const;
  const { id } = await aTask({ ...about, step: 'refundPayments' });
  const { body } = await visitor.get('/staff/workflows?show=waiting&kind=order');
  assert.match(
    body,
    `<a href="/staff/tasks/${id}">a decision: The money for ${order.number} could not be paid back</a>`,
  );
});

lists('count what staff should know first, in a handful of statements', async () => {
  const knex = Order.knex();
  const asked: string[] = [];
  const hear = ({ sql }: { sql: string }) => asked.push(sql);
  knex.on('query', hear);
  const { status, body } = await visitor.get('/staff');
  knex.off('query', hear);
  assert.is(status, 200);
  assert.ok(asked.length <= 6, `${asked.length} statements:\n${asked.join('\n')}`);
  assert.match(body, '1 of 7 Payment');
  assert.match(body, 'Quay M4');
  assert.match(body, 'Fjordlys');
});

lists('[USR-06] keep who did what, from what to what', async () => {
  const actor = { actorKind: 'staff', actorName: 'Mallory, =cmd', address: '192.0.2.9' } as const;
  const change = {
    before: { price: { amountMinor: 10_00, currency: 'EUR' } },
    after: { price: { amountMinor: 8_00, currency: 'EUR' } },
  };
  const about = { action: 'price.changed', subjectType: 'order', subjectId: '@SUM(1)' };
  await AuditEntry.record({ ...actor, ...about, ...change, happenedAt: new Date('2027-02-01T22:59:59Z') });
  const found = (await visitor.get('/staff/audit?q=mallory&from=2027-02-01&until=2027-02-01')).body;
  assert.match(found, 'price.changed');
  assert.match(found, /€10\.00<\/s> → €8\.00/);
  for (const query of ['from=2027-02-02', 'until=2027-01-31', 'action=sign_in', 'show=guest', 'q=nobody']) {
    assert.not.match((await visitor.get(`/staff/audit?${query}`)).body, 'price.changed');
  }
  assert.match((await visitor.get('/staff/audit?from=yesterday&action=%27--&until=2027-13-99')).body, 'price.changed');
  const [, line = ''] = (await visitor.get('/staff/audit.csv?action=price')).body.split('\r\n');
  assert.match(line, `2027-02-01T22:59:59.000Z,staff,"Mallory, =cmd",192.0.2.9,price.changed,order,'@SUM(1)`);
});

lists('[USR-06] can be read and never changed', async () => {
  for (const method of ['POST', 'PUT', 'DELETE'])
    assert.is((await visitor.request(method, '/staff/audit')).status, 404);
  for (const [role, status] of [
    ['read_only', 200],
    ['support', 403],
  ] as const) {
    const member = await signedInVisitor(guest, await aStaffMember({ role }));
    assert.is((await member.get('/staff/audit')).status, status);
  }
});

lists('are answered whatever is asked of them', async () => {
  const odd = [
    '?page=-1&size=1e9&sort=;drop',
    '?q[]=1&q=2&show=2&sort=-',
    '?__proto__[q]=1&constructor=2',
    '?page=99999',
  ];
  for (const page of ['orders', 'orders.csv', 'tasks', 'workflows', 'audit', 'audit.csv']) {
    for (const query of odd) assert.is((await visitor.get(`/staff/${page}${query}`)).status, 200, page + query);
  }
});

lists.run();
