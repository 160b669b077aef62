import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused, ProcessStillAtIt } from '../../../gateways/processes.js';
import type { Customer } from '../../../models/accounts/customer.js';
import type { User } from '../../../models/accounts/user.js';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { Order } from '../../../models/orders/order.js';
import { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aUser } from '../../../tests/support/builders.js';
import { drawnOrder, theDrawnProduct } from '../../../tests/support/catalogue.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aTask } from '../../../tests/support/staff-tasks.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Fields, type Visitor, visit } from '../../../tests/support/visitor.js';
import { cancelOrder, order as orderProcess } from '../../../workflows/messages/order.js';

const following = suite('[CAT-03] following an order');
const placedAt = new Date('2026-11-21T13:10:05Z');
let now = placedAt;
let database: { close: () => Promise<void> };
let processes: ReturnType<typeof stubbedProcesses>;
let customer: Customer;
let user: User;
let guest: Visitor;
let visitor: Visitor;

following.before(async () => {
  database = await openDatabase();
});
following.before.each(async () => {
  now = placedAt;
  customer = await aCustomer({ timeZone: 'Europe/Paris' });
  user = await aUser(customer, { name: 'Élodie' });
  processes = stubbedProcesses();
  guest = await visit(testApp({ processes, now: () => now }));
  visitor = await signedInVisitor(guest, user);
});
following.after.each(async () => {
  await guest.leave();
});
following.after(async () => {
  await database.close();
});

async function anOrder(differing: Fields = {}): Promise<{ order: Order; service: Service; address: string }> {
  const drawn = await theDrawnProduct();
  await drawn.machine('memory/128', 'disks/1920');
  await visitor.post('/orders', drawnOrder(drawn, differing));
  const newest = Order.query()
    .modify('ownedBy', customer)
    .orderBy('number', 'desc')
    .withGraphFetched('[lines, invoice]');
  const order = await newest.first().throwIfNotFound();
  const service = await Service.query()
    .findOne({ orderLineId: order.lines[0]?.id ?? '' })
    .throwIfNotFound();
  return { order, service, address: `/orders/${order.number}` };
}

async function preparing(minutes: number) {
  const ordered = await anOrder();
  const { order, service } = ordered;
  const at = (minute: number) => new Date(placedAt.getTime() + minute * 60_000);
  await order.invoice.$query().patch({ status: 'paid', paidAt: at(1) });
  await order.moveTo('preparing', at(1));
  await ProcessStep.begin('order', order.id, 'payment', at(0));
  await ProcessStep.end({ process: 'order', subjectId: order.id }, 'done', at(1));
  const of = { process: 'serverProvisioning', subjectId: service.id };
  await ProcessStep.begin(of.process, of.subjectId, 'reserve', at(1));
  await ProcessStep.end(of, 'done', at(2));
  await ProcessStep.begin(of.process, of.subjectId, 'boot', at(2));
  now = at(minutes);
  return { ...ordered, of, at };
}

following('shows what is waited for, what happened, and the sum', async () => {
  const { address, order } = await anOrder();
  const { status, body } = await visitor.get(address);
  assert.is(status, 200);
  for (const said of ['Pay €260.40', 'We wait for your payment', 'A machine is held for you until 14:40'])
    assert.match(body, said);
  assert.match(body, 'Élodie placed the order and accepted the terms, version 12');
  assert.match(body, `href="/invoices/${order.invoice.number}"`);
  assert.match(body, 'hx-trigger="every 3s"');
});

following('tells each step with its time, the usual time and when all will be ready', async () => {
  const { address, of } = await preparing(5);
  await ProcessStep.query()
    .where({ ...of, step: 'boot' })
    .patch({ problem: 'didNotStart', attempts: 2 });
  const { body } = await visitor.get(address);
  for (const said of [
    'Step 3 of 7',
    '4 min so far',
    'trying again',
    '3 min · usually 4 min',
    'Attempt 2.',
    'Lille LIL2',
  ])
    assert.match(body, said);
  assert.match(body, 'another one from stock takes its place');
});

following('says that a step waits for staff once nothing is tried by itself any more', async () => {
  const { address, order, of } = await preparing(5);
  await ProcessStep.query()
    .where({ ...of, step: 'boot' })
    .patch({ problem: 'didNotStart', attempts: 5 });
  await aTask({ workflowId: `server-provisioning:${of.subjectId}`, step: 'boot', subject: order.number });
  const { body } = await visitor.get(address);
  for (const said of ['waiting for staff', 'Attempt 5.', 'did not start its installation. Waiting for our staff'])
    assert.match(body, said);
  assert.not.match(body, 'rying again');
});

following('is no longer asked after once it is over', async () => {
  const { address, order, at } = await preparing(5);
  await order.moveTo('active', at(20), { closes: true });
  const { body } = await visitor.get(address);
  assert.not.match(body, 'hx-trigger="every');
  assert.match(body, '>Open web-4<');
  assert.not.match(body, 'Cancel this order');
});

following('asks before it cancels, then tells the process who it was', async () => {
  const { address, order } = await preparing(3);
  assert.match((await visitor.get(`${address}/cancellation`)).body, 'You get €260.40 back');
  const answer = await visitor.post(address, { _method: 'delete' });
  assert.equal([answer.status, answer.location], [303, address]);
  const asked = [orderProcess, { orderId: order.id }, cancelOrder, { userId: user.id }];
  sinon.assert.calledOnceWithExactly(processes.update, ...asked);
});

following('says in words that it is too late to cancel', async () => {
  const { address, of, at } = await preparing(9);
  processes.update.rejects(new ProcessRefused('InstallationBegun'));
  const { status, body } = await visitor.post(address, { _method: 'delete' });
  assert.is(status, 409);
  assert.match(body, 'The installation has already begun');
  await ProcessStep.end(of, 'done', at(9));
  await ProcessStep.begin(of.process, of.subjectId, 'install', at(9));
  assert.is((await visitor.get(`${address}/cancellation`)).status, 409);
  assert.not.match((await visitor.get(address)).body, 'Cancel this order');
});

following('says that it is being cancelled while a machine takes its time to be switched off', async () => {
  const { address } = await preparing(3);
  processes.update.rejects(new ProcessStillAtIt('accepted'));
  const { status, body } = await visitor.post(address, { _method: 'delete' });
  assert.is(status, 202);
  assert.match(body, 'We are cancelling this order');
  assert.match(body, 'hx-trigger="every');
});

following('does not pretend when the cluster does not answer', async () => {
  const { address } = await anOrder();
  processes.update.rejects(new ProcessesUnavailable('away'));
  assert.is((await visitor.post(address, { _method: 'delete' })).status, 503);
});

following('hides the orders of others, and numbers that are none', async () => {
  const { address } = await anOrder();
  const stranger = await signedInVisitor(guest, await aUser(await aCustomer()));
  assert.is((await stranger.get(address)).status, 404);
  assert.is((await stranger.get(`${address}/cancellation`)).status, 404);
  assert.is((await stranger.post(address, { _method: 'delete' })).status, 404);
  for (const number of ['NQ-999999', 'nonsense', 'NQ-1%00', '%27'])
    assert.is((await visitor.get(`/orders/${number}`)).status, 404);
  sinon.assert.notCalled(processes.update);
});

following('lists orders, finds them, and filters them', async () => {
  const { order } = await anOrder();
  const other = await anOrder({ hostName: 'mail.haut-jura.example' });
  assert.match((await visitor.get('/orders')).body, '1–2 of 2');
  const found = (await visitor.get('/orders?q=MAIL.haut')).body;
  assert.match(found, other.order.number);
  assert.not.match(found, order.number);
  assert.match((await visitor.get('/orders?q=%25')).body, 'Nothing matches');
  assert.match((await visitor.get('/orders?show=active')).body, 'Nothing to show here');
  assert.match((await visitor.get('/orders?sort=total&q=quay&page=1')).body, 'aria-sort="ascending"');
});

following('says what this is where nothing was ordered yet', async () => {
  assert.match((await visitor.get('/orders')).body, 'No orders yet');
});

following('gives everything that matches as a file that runs nothing', async () => {
  const { order, service } = await anOrder();
  await service.$query().patch({ name: '=HYPERLINK("https://evil.example")' });
  const { headers, body } = await visitor.get('/orders.csv?q=web-4');
  assert.match(headers.get('content-type') ?? '', 'text/csv');
  const [, line] = body.split('\r\n');
  assert.match(line ?? '', new RegExp(`^${order.number},`));
  assert.match(line ?? '', `"'=HYPERLINK(""https://evil.example"")"`);
  assert.match(line ?? '', 'EUR,217,43.4,260.4');
});

following.run();
