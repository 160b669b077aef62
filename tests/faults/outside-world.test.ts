import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { WebhookEvent } from '../../models/billing/webhook-event.js';
import type { Order } from '../../models/orders/order.js';
import { Installation } from '../../models/servers/installation.js';
import { Server } from '../../models/servers/server.js';
import { LaunchedShop, until } from '../support/launched-shop.js';

const faults = suite('[BIL-05] [SVC-10] [WFL-06] an outside world that fails');
let shop: LaunchedShop;
const orders: Order[] = [];

faults.before(async () => {
  shop = await LaunchedShop.open();
});
faults.after(async () => {
  await shop.close();
});

/** A server ordered and paid for, which is built while the next one is ordered. */
async function ordered(hostName: string): Promise<Order> {
  const order = await shop.order(hostName);
  await until(async () => (await Invoice.query().findOne({ orderId: order.id }))?.status === 'paid', 60_000);
  orders.push(order);
  return order;
}

faults('charges once when the answer is lost after the charge', async () => {
  await shop.tell('payments', 'faults', { match: 'POST /v1/payment_intents/:id/confirm', kind: 'drop_answer' });
  const order = await ordered('lost-answer.example');
  const attempts = await PaymentAttempt.query().joinRelated('invoice').where('invoice.orderId', order.id);
  assert.equal(
    attempts.map(({ status }) => status),
    ['succeeded'],
  );
});

faults('keeps one payment when the webhook comes ten times', async () => {
  await shop.tell('payments', 'webhooks', { kind: 'duplicate', amount: 10, times: 20 });
  const { id: orderId } = await ordered('ten-webhooks.example');
  await until(async () => (await WebhookEvent.query().resultSize()) > 0, 60_000);
  assert.is(
    await Payment.query().whereIn('invoiceId', Invoice.query().where({ orderId }).select('id')).resultSize(),
    1,
  );
});

faults('goes on when the webhook never comes', async () => {
  await shop.tell('payments', 'webhooks', { kind: 'lose', times: 100 });
  await ordered('no-webhook.example');
});

faults('waits for a BMC that is dead for a while', async () => {
  for (const { label } of await Server.query().where({ status: 'ready' })) {
    await shop.tell('machines', `machines/${label}/faults`, { step: 'bmc', kind: 'dead', times: 2 });
  }
  await ordered('dead-bmc.example');
});

faults('builds what was ordered meanwhile, each once, and the books hold', async () => {
  for (const order of orders) await shop.untilStatus(order, 'active', 240_000);
  const builds = await Installation.query().groupBy('serviceId').select('serviceId').count({ times: '*' });
  assert.is(builds.length, orders.length);
  assert.equal(await shop.brokenBooks(), []);
});

faults.run();
