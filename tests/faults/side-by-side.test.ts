import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Browser } from '../../dev/launcher/browser.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { freePort } from '../support/cluster.js';
import { LaunchedShop, until } from '../support/launched-shop.js';
import { OwnProcess, statusOf } from '../support/own-process.js';

const pairs = suite('[WFL-01] [OPS] two webs and two workers side by side');
let shop: LaunchedShop;
let second: { web: OwnProcess; worker: OwnProcess; url: string; health: string };

pairs.before(async () => {
  shop = await LaunchedShop.open();
  const [web, health] = [await freePort(), await freePort()];
  const env = { ...shop.environment, PORT: String(web), HEALTH_PORT: String(health) };
  second = {
    web: new OwnProcess('api/server.ts', env),
    worker: new OwnProcess('activities/worker.ts', env),
    url: `http://127.0.0.1:${web}`,
    health: `http://127.0.0.1:${health}`,
  };
  for (const url of [second.url, second.health])
    await until(
      async () => (await statusOf(`${url}/readyz`)) === 200,
      90_000,
      () => second.worker.said,
    );
});
pairs.after(async () => {
  await second?.web.kill();
  await second?.worker.kill();
  await shop?.close();
});

pairs('an order goes through while one of each is killed', async () => {
  const { browser, order, invoice } = await shop.orderUnpaid('side-by-side.example');
  await shop.kill('worker');
  const isPaid = async () => {
    await shop.pay(browser, invoice).catch(() => {}); // the page may lose its answer, and says that trying twice is harmless
    return (await Invoice.query().findById(invoice.id))?.status === 'paid';
  };
  await until(isPaid, 90_000);
  await shop.kill('shop');
  assert.is(await statusOf(`${second.url}/readyz`), 200, 'the other web answers meanwhile');
  await shop.untilStatus(order, 'active');
  assert.is(await Payment.query().where({ invoiceId: invoice.id }).resultSize(), 1);
  assert.equal(await shop.brokenBooks(), []);
});

pairs('a session that one web began holds at the other', async () => {
  await until(async () => (await statusOf(`${shop.environment.PUBLIC_URL}/readyz`)) === 200, 60_000);
  const { browser, order } = await shop.orderUnpaid('two-webs.example');
  const elsewhere = browser.at(second.url);
  assert.match((await elsewhere.get(`/orders/${order.number}`)).html, order.number);
  const stranger = new Browser(second.url);
  assert.match((await stranger.get(`/orders/${order.number}`)).url.pathname, '/sign-in');
});

pairs('a worker that is told to stop ends its work and is not ready meanwhile', async () => {
  const stopped = second.worker.kill('SIGTERM');
  const seen = new Set<number | undefined>();
  const watching = until(
    async () => {
      seen.add(await statusOf(`${second.health}/readyz`));
      return seen.has(undefined);
    },
    45_000,
    () => second.worker.said,
  );
  assert.is(await stopped, 0, second.worker.said);
  await watching;
  assert.not.ok([...seen].some((status) => status === 500));
  assert.match(second.worker.said, '"msg":"stopped"');
});

pairs.run();
