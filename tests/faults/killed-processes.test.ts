import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { LetterSent } from '../../models/durable/letter-sent.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import type { Order } from '../../models/orders/order.js';
import { Service } from '../../models/services/service.js';
import { LaunchedShop, until } from '../support/launched-shop.js';

const faults = suite('[WFL-01] [WFL-03] [WFL-06] killed processes');
let shop: LaunchedShop;

faults.before(async () => {
  shop = await LaunchedShop.open();
});
faults.after(async () => {
  await shop.close();
});

async function paymentsOf(order: Order): Promise<number> {
  const { id } = await Invoice.query().findOne({ orderId: order.id }).throwIfNotFound();
  return Payment.query().where({ invoiceId: id }).resultSize();
}

async function killDuring(step: string): Promise<void> {
  const begun = async () => (await ProcessStep.query().where({ step, process: 'serverProvisioning' }).resultSize()) > 0;
  await until(begun, 180_000, () => `waiting for ${step}`);
  await shop.kill('worker');
}

/** Holds up whoever writes to a table: a step that is too short to be hit stands until it is let go. */
async function holdingUp(table: string): Promise<{ letGo: () => Promise<void> }> {
  const hold = await Model.knex().transaction();
  await hold.raw('LOCK TABLE ?? IN EXCLUSIVE MODE', [table]);
  return { letGo: () => hold.rollback().then(() => {}) };
}

faults('an order is paid once and built once when the worker is killed during each step', async () => {
  const { browser, order, invoice } = await shop.orderUnpaid('killed-worker.example');
  await shop.tell('payments', 'faults', { match: 'POST /v1/payment_intents/:id/confirm', kind: 'slow', ms: 1_500 });
  const reserving = await holdingUp('server_leases');
  const paying = shop.pay(browser, invoice).catch(() => {}); // the page may lose its answer with the worker
  await until(async () => (await shop.attemptsOf(invoice)) > 0, 30_000);
  await shop.kill('worker');
  await paying;
  await killDuring('reserve');
  await reserving.letGo();
  for (const step of ['network', 'boot', 'install']) await killDuring(step);
  const welcoming = await holdingUp('letters');
  for (const step of ['verify', 'welcome']) await killDuring(step);
  await welcoming.letGo();
  await shop.untilStatus(order, 'active');

  assert.is(await paymentsOf(order), 1);
  assert.equal(await shop.brokenBooks(), []);
  const welcomes = await LetterSent.query().where('id', 'like', 'welcome%').resultSize();
  assert.is(welcomes, 1);
});

faults('an order goes on where it was when everything is killed at once and started again', async () => {
  const order = await shop.order('power-cut.example');
  const service = await Service.query().joinRelated('orderLine').where('orderLine.orderId', order.id).first();
  const installing = ProcessStep.query().where({ step: 'install', subjectId: service?.id ?? '' });
  await until(async () => (await installing.clone().resultSize()) > 0, 180_000);
  await shop.killEverything();
  await shop.start();
  await shop.untilStatus(order, 'active');

  assert.is(await paymentsOf(order), 1);
  assert.equal(await shop.brokenBooks(), []);
});

faults.run();
