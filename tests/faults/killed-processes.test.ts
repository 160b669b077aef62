import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Browser, formTo } from '../../dev/launcher/browser.js';
import { signIn } from '../../dev/launcher/shopping.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { LetterSent } from '../../models/durable/letter-sent.js';
import { ProcessStep } from '../../models/durable/process-step.js';
import type { Order } from '../../models/orders/order.js';
import { PowerCommand } from '../../models/servers/power-command.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { Service } from '../../models/services/service.js';
import { holdingUp } from '../support/holding-up.js';
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

async function restartOf(slug: string): Promise<{ command: PowerCommand; label: string }> {
  const service = await Service.query().findOne({ slug }).throwIfNotFound();
  const lease = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server')
    .throwIfNotFound();
  const { label } = lease.server;
  await shop.tell('machines', `machines/${label}/faults`, { step: 'bmc', kind: 'slow', delayMs: 700 });
  const browser = new Browser(shop.environment.PUBLIC_URL ?? '');
  await signIn(browser, shop.people[0]);
  const page = await browser.get(`/servers/${slug}/power/cycle`);
  await browser.submit(page, formTo(page, /power-commands$/), { reason: 'the worker is killed' });
  const standing = PowerCommand.query().where({ serviceId: service.id }).whereNull('endedAt').first();
  return { command: await standing.throwIfNotFound(), label };
}

async function ended({ id }: PowerCommand): Promise<PowerCommand> {
  const now = () => PowerCommand.query().findById(id).throwIfNotFound();
  await until(async () => (await now()).endedAt !== null, 120_000);
  return now();
}

faults(
  '[SVC-04] a machine is not restarted twice when the worker is killed while it asks, or while it watches',
  async () => {
    const asking = await restartOf('web-3');
    await until(async () => (await PowerCommand.query().findById(asking.command.id))?.pushedAt !== null, 60_000);
    await shop.kill('worker');
    const first = await ended(asking.command);
    const offs = await shop.timesOff(asking.label);
    assert.ok(offs === 1 || (offs === 0 && first.outcome === 'unconfirmed'), `${offs} times off, ${first.outcome}`);

    const watching = await restartOf('db-1');
    await until(async () => (await shop.timesOff(watching.label)) > 0, 60_000);
    await shop.kill('worker');
    const second = await ended(watching.command);
    assert.is(await shop.timesOff(watching.label), 1);
    assert.match(String(second.outcome), /restarted|unconfirmed/);
  },
);

faults.run();
