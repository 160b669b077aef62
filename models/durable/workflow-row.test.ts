import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCancellation, aCustomer, aService } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aPlacedOrder, aTask } from '../../tests/support/staff-tasks.js';
import type { Customer } from '../accounts/customer.js';
import { Invoice } from '../billing/invoice.js';
import type { Order } from '../orders/order.js';
import { Service } from '../services/service.js';
import { ProcessStart } from './process-start.js';
import { ProcessStep } from './process-step.js';
import { findWorkflows, type WorkflowsWanted } from './workflow-row.js';

const rows = suite('[STF-07] processes as their rows tell them');
const at = new Date('2027-03-11T10:05:00Z');
let database: { close: () => Promise<void> };
let customer: Customer;
let order: Order;

rows.before(async () => {
  database = await openDatabase();
});
rows.before.each(async () => {
  customer = await aCustomer();
  order = await aPlacedOrder(customer);
});
rows.after(async () => {
  await database.close();
});

async function ours(differing: Partial<WorkflowsWanted> = {}) {
  const usual = {
    show: 'running',
    kind: undefined,
    query: customer.number,
    direction: 'desc',
    offset: 0,
    limit: 10,
  } as const;
  const { rows } = await findWorkflows({ ...usual, ...differing });
  return rows;
}

async function preparing(): Promise<Service> {
  await ProcessStart.markStarted(`order:${order.id}`, at);
  await Invoice.query().patch({ status: 'paid', paidAt: at }).where({ orderId: order.id });
  await order.moveTo('preparing', at);
  await Service.query().patch({ status: 'preparing' }).where({ customerId: customer.id });
  return Service.query().findOne({ customerId: customer.id }).throwIfNotFound();
}

rows(
  'an order is there with its payment from the moment it is accepted, and its provisioning once it is paid',
  async () => {
    assert.equal((await ours()).map(({ kind, startedAt }) => [kind, startedAt]).sort(), [
      ['invoicePayment', null],
      ['order', null],
    ]);
    const service = await preparing();
    await ProcessStep.begin('serverProvisioning', service.id, 'boot', at);
    const found = await ours();
    assert.equal(found.map(({ kind }) => kind).sort(), ['order', 'serverProvisioning']);
    const provisioning = found.find(({ kind }) => kind === 'serverProvisioning');
    assert.equal([provisioning?.workflowId, provisioning?.step], [`server-provisioning:${service.id}`, 'boot']);
    assert.equal(
      (await ours({ show: 'over' })).map(({ kind, endedAt }) => [kind, endedAt]),
      [['invoicePayment', at]],
    );
  },
);

rows('a cancellation is there, of a service that no order here made', async () => {
  const { id } = await aCancellation(await aService(customer));
  const [found] = await ours({ kind: 'serviceCancellation' });
  assert.equal([found?.workflowId, found?.orderNumber], [`service-cancellation:${id}`, null]);
});

rows('what is held up is what nobody started, and what waits for staff', async () => {
  assert.is((await ours({ show: 'waiting' })).length, 2);
  const { id: serviceId } = await preparing();
  assert.is((await ours({ show: 'waiting' })).length, 0);
  const { id } = await aTask({ workflowId: `server-provisioning:${serviceId}`, step: 'openPort' });
  assert.equal(
    (await ours({ show: 'waiting' })).map(({ taskId }) => taskId),
    [id],
  );
});

rows('pages are counted as a whole', async () => {
  const page = { show: 'all', kind: undefined, query: customer.number, direction: 'asc', offset: 1, limit: 1 } as const;
  const { rows, count } = await findWorkflows(page);
  assert.equal([rows.length, count], [1, 2]);
});

rows('a process is found by its id as the Temporal UI shows it', async () => {
  assert.equal(
    (await ours({ query: `order:${order.id}` })).map(({ subject }) => subject),
    [order.number],
  );
});

rows.run();
