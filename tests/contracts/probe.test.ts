import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createHttpProbe } from '../../gateways/probe/probe.js';
import { failureOf } from '../support/failure.js';

const contract = suite('probe contract, HTTP through a proxy');
const greeting = { serial: 'NQ-SN-01', hostname: 'web-3.example.org', system: 'debian-13' };
let answer: RequestListener;
let proxy: Server;
let asked: string[];

contract.before(async () => {
  proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.host}`);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
});
contract.before.each(() => {
  asked = [];
  answer = (_request, response) => response.end(JSON.stringify(greeting));
});
contract.after(() => {
  proxy.closeAllConnections();
  proxy.close();
});

const probe = () => {
  const { port } = proxy.address() as AddressInfo;
  return createHttpProbe({ proxy: `http://127.0.0.1:${port}`, timeoutMs: 500 });
};

contract('[SVC-10] asks the machine by its address and hears who it is', async () => {
  assert.equal(await probe().answers('203.0.113.42'), { serial: 'NQ-SN-01', hostname: 'web-3.example.org' });
  assert.equal(asked, ['GET http://203.0.113.42/.well-known/quartermaster 203.0.113.42']);
});

contract('[SVC-10] asks an IPv6 address in brackets', async () => {
  await probe().answers('2001:db8:42::2');
  assert.equal(asked, ['GET http://[2001:db8:42::2]/.well-known/quartermaster [2001:db8:42::2]']);
});

const elsewhere: RequestListener = (_request, response) => response.writeHead(302, { location: '/x' }).end();
for (const [what, listener] of Object.entries<RequestListener>({
  'an error': (_request, response) => response.writeHead(504).end(JSON.stringify(greeting)),
  'another page': (_request, response) => response.end('<h1>It works!</h1>'),
  'other words': (_request, response) => response.end('{"name":"router"}'),
  'a redirect': elsewhere,
  'too much': (_request, response) => response.end(JSON.stringify({ ...greeting, more: 'x'.repeat(20_000) })),
  'a hang-up': (request) => request.destroy(),
  silence: () => {},
})) {
  contract(`[SVC-10] takes ${what} for nobody`, async () => {
    answer = listener;
    assert.is(await probe().answers('203.0.113.42'), undefined);
    assert.is(asked.length, 1);
  });
}

contract('[SVC-10] takes a proxy that is away for nobody', async () => {
  assert.is(await createHttpProbe({ proxy: 'http://127.0.0.1:9' }).answers('203.0.113.42'), undefined);
});

contract('[SVC-10] asks nothing but an address', async () => {
  assert.instance(await failureOf(probe().answers('localhost/admin?')), TypeError);
  assert.equal(asked, []);
});

contract.run();
