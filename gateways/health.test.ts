import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { withHealth } from './health.js';

const health = suite('health of the web process');
let server: Server;
let database: () => Promise<unknown>;

health.before(async () => {
  const pages = withHealth(
    (_request, response) => void response.end('a page'),
    () => database(),
  );
  server = createServer(pages);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
health.before.each(() => {
  database = async () => {};
});
health.after(() => void server.close());

async function statusOf(path: string): Promise<number> {
  const { status } = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);
  return status;
}

health('is alive and ready while the database answers', async () => {
  assert.equal([await statusOf('/healthz'), await statusOf('/readyz')], [200, 200]);
});

health('is alive but not ready while the database is away or silent', async () => {
  database = () => Promise.reject(new Error('away'));
  assert.equal([await statusOf('/healthz'), await statusOf('/readyz')], [200, 503]);
  database = () => new Promise(() => {});
  assert.is(await statusOf('/readyz'), 503);
});

health('stands in the way of no page', async () => {
  const answer = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}/orders`);
  assert.is(await answer.text(), 'a page');
});

health.run();
