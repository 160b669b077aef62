import { randomUUID } from 'node:crypto';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aPlacedOrder } from '../../tests/support/staff-tasks.js';
import { contracts } from '../../workflows/messages/index.js';
import { Invoice } from '../billing/invoice.js';
import type { Order } from '../orders/order.js';
import { standingOf, unfinishedRows } from './process-rows.js';
import { ProcessStart } from './process-start.js';

const rows = suite('[WFL-06] rows that processes are about');
const at = new Date('2027-03-11T10:05:00Z');
let database: { close: () => Promise<void> };
let order: Order;
let ids: { order: string; payment: string };

rows.before(async () => {
  database = await openDatabase();
});
rows.before.each(async () => {
  order = await aPlacedOrder(await aCustomer());
  const invoice = await Invoice.query().findOne({ orderId: order.id }).throwIfNotFound();
  ids = { order: `order:${order.id}`, payment: `invoice-payment:${invoice.id}` };
});
rows.after(async () => {
  await database.close();
});

async function unfinished(): Promise<string[]> {
  const found = (await unfinishedRows(Model.knex())).map(({ workflowId }) => workflowId);
  return Object.values(ids).filter((id) => found.includes(id));
}

rows('are unfinished from their start; what an order started stands under it', async () => {
  assert.equal(await unfinished(), []);
  await ProcessStart.markStarted(ids.order, at);
  assert.equal(await unfinished(), [ids.order]);
  await order.$query().patch({ status: 'expired', closedAt: at });
  assert.equal(await unfinished(), [ids.payment], 'an open invoice of a closed order');
});

rows('are told as going on, closed or missing', async () => {
  const missing = `order:${randomUUID()}`;
  await ProcessStart.markStarted(ids.order, at);
  await Invoice.query().patch({ status: 'paid', paidAt: at }).where({ orderId: order.id });
  const standing = await standingOf(Model.knex(), [ids.order, ids.payment, missing, 'schedule:accepted-processes']);
  assert.equal(
    [...standing],
    [
      [ids.order, 'going on'],
      [missing, 'missing'],
      [ids.payment, 'closed'],
    ],
  );
});

rows('are found for every process that a row may promise', async () => {
  const row = randomUUID();
  const promised = contracts.map(({ workflowId }) => workflowId(new Proxy({}, { get: () => row })));
  const standing = await standingOf(Model.knex(), promised);
  assert.equal(
    promised.filter((id) => standing.get(id) !== 'missing'),
    [],
  );
});

rows.run();
