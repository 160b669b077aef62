import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { WebhookEvent } from '../../models/billing/webhook-event.js';
import { Server } from '../../models/servers/server.js';
import { LaunchedShop } from '../support/launched-shop.js';

const faults = suite('[BIL-05] [SVC-10] [WFL-06] an outside world that fails');
let shop: LaunchedShop;

faults.before(async () => {
  shop = await LaunchedShop.open();
});
faults.after(async () => {
  await shop.close();
});

faults('charges once when the answer is lost after the charge', async () => {
  await shop.tell('payments', 'faults', { match: 'POST /v1/payment_intents/:id/confirm', kind: 'drop_answer' });
  const order = await shop.order('lost-answer.example');
  await shop.untilStatus(order, 'active');
  const attempts = await PaymentAttempt.query().joinRelated('invoice').where('invoice.orderId', order.id);
  assert.equal(
    attempts.map(({ status }) => status),
    ['succeeded'],
  );
  assert.equal(await shop.brokenBooks(), []);
});

faults('keeps one payment when the webhook comes ten times', async () => {
  await shop.tell('payments', 'webhooks', { kind: 'duplicate', amount: 10, times: 20 });
  const order = await shop.order('ten-webhooks.example');
  await shop.untilStatus(order, 'active');
  assert.ok((await WebhookEvent.query().resultSize()) > 0, 'the provider called');
  assert.equal(await shop.brokenBooks(), []);
});

faults('goes on when the webhook never comes', async () => {
  await shop.tell('payments', 'webhooks', { kind: 'lose', times: 100 });
  const order = await shop.order('no-webhook.example');
  await shop.untilStatus(order, 'active');
  assert.equal(await shop.brokenBooks(), []);
});

faults('waits for a BMC that is dead for a while', async () => {
  for (const { label } of await Server.query().where({ status: 'ready' })) {
    await shop.tell('machines', `machines/${label}/faults`, { step: 'bmc', kind: 'dead', times: 2 });
  }
  const order = await shop.order('dead-bmc.example');
  await shop.untilStatus(order, 'active', 240_000);
  assert.equal(await shop.brokenBooks(), []);
});

faults.run();
