import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express, type Request } from 'express';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../tests/support/failure.js';
import { firstOrderIsDue, placeFirstOrder } from './first-order.js';
import { timelineOf } from './order-timeline.js';
import { portsFrom } from './ports.js';

const ordering = suite('the first order');
const never = new AbortController().signal;
const form = (action: string, fields: string) =>
  `<form method="post" action="${action}"><input type="hidden" name="_csrf" value="tok">${fields}</form>`;
const li = (text: string) => `<li><span></span><p>${text}</p><time>now</time></li>`;
let server: Server;
let origin: string;
let data: string;
let posted: Record<string, Record<string, string>>;
let looks: number;

/** A shop of five pages, that speaks as ours does. */
function tinyShop(): Express {
  const app = express().use(express.urlencoded({ extended: false }));
  const keep = ({ path, body }: Request) => {
    posted[path] = body;
  };
  app.get(
    '/sign-in',
    (_request, response) => void response.send(form('/sign-in', '<input name="name"><input name="password">')),
  );
  app.post('/sign-in', (request, response) => {
    keep(request);
    response.cookie('session', request.body.password).redirect(303, '/');
  });
  app.get(
    /well-known/,
    (_request, response) => void response.json({ serial: 'S1', hostname: posted['/orders']?.hostName }),
  );
  app.post('/v1/setup_intents/seti_1/confirm', (request, response) => {
    keep(request);
    response.json({ id: 'seti_1', status: 'succeeded' });
  });
  app.use((request, response, next) => {
    if (request.headers.cookie === 'session=right') next();
    else response.status(403).send('<h1>Sign in first</h1>');
  });
  app.get('/', (_request, response) => void response.send('home'));
  app.get(
    '/catalogue',
    (_request, response) => void response.send('<a href="/catalogue/none">x</a><a href="/catalogue/m4">y</a>'),
  );
  app.get('/catalogue/none', (_request, response) => void response.send('<h1>Gone</h1>'));
  app.get('/catalogue/m4', (_request, response) => {
    const terms = '<input type="checkbox" name="terms" value="3" required><button type="submit">Order</button>';
    response.send(`<h1>Quay M4 <span>3 left</span></h1>${form('/orders', `<input name="hostName" required>${terms}`)}`);
  });
  app.post('/orders', (request, response) => {
    keep(request);
    response.redirect(303, '/orders/NQ-1');
  });
  app.get('/orders/NQ-1', (request, response) => {
    const look = looks++;
    if (look === 2) return void request.socket.destroy(); // killed, and raised again
    const story = ['Ordered.', 'Paid.', 'It <b>runs</b>.'].slice(0, look).reverse();
    const list = `<ol class="qm-timeline">${story.map(li).join('')}</ol>`;
    const renewing = looks < 5 ? '<div hx-trigger="every 5s">' : '<div><a href="/servers/first">';
    response.send(`<a href="/invoices/NQ-7">invoice</a>${list}${renewing}`);
  });
  app.get('/invoices/NQ-7', ({ query }, response) => {
    const entry = '<p data-client-secret="seti_1_secret_2"></p><input type="hidden" name="setup" value="seti_1">';
    response.send(query.card === 'new' ? form('/invoices/NQ-7/payment', entry) : '<h1>Invoice</h1>');
  });
  app.post('/invoices/NQ-7/payment', (request, response) => {
    keep(request);
    response.redirect(303, '/orders/NQ-1');
  });
  app.get('/servers/first', (_request, response) => void response.send('<h1>first</h1> 192.0.2.7'));
  return app;
}

ordering.before(async () => {
  // as a proxy it is asked for whole addresses, and answers for the machine
  server = tinyShop().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
ordering.before.each(() => {
  data = mkdtempSync(join(tmpdir(), 'quartermaster-order-'));
  [posted, looks] = [{}, 0];
});
ordering.after.each(() => rmSync(data, { recursive: true }));
ordering.after(() => void server.close());

const plan = () => ({
  data,
  ports: portsFrom(3000),
  environment: { PUBLIC_URL: origin, STRIPE_API_URL: origin, STRIPE_PUBLISHABLE_KEY: 'pk_test_1', PROBE_PROXY: origin },
});
const someone = (password: string) => [{ who: 'Olha', email: 'o@example.org', password, url: `${origin}/sign-in` }];

ordering('is placed, paid and followed through the pages, once for a data folder', async () => {
  const said: string[] = [];
  assert.ok(firstOrderIsDue(data));
  await placeFirstOrder(plan(), someone('right'), never, (line) => said.push(line.trim()));
  assert.equal(posted['/sign-in'], { _csrf: 'tok', name: 'o@example.org', password: 'right' });
  const { hostName = '', ...order } = posted['/orders'] ?? {};
  assert.equal(order, { _csrf: 'tok', terms: '3' });
  assert.equal(posted['/invoices/NQ-7/payment'], { _csrf: 'tok', setup: 'seti_1' });
  const entered = posted['/v1/setup_intents/seti_1/confirm'] ?? {};
  assert.equal([entered.key, entered.client_secret], ['pk_test_1', 'seti_1_secret_2']);
  assert.match(hostName, /^first-\w+\.northquay\.example$/);
  assert.equal(
    said.filter((line) => ['Ordered.', 'Paid.', 'It runs.'].includes(line)),
    ['Ordered.', 'Paid.', 'It runs.'],
  );
  assert.match(said.at(-1) ?? '', `${origin}/servers/first`);
  assert.not.ok(firstOrderIsDue(data));
});

ordering('says which page did not do what it should', async () => {
  assert.match(String(await failureOf(placeFirstOrder(plan(), someone('wrong'), never, () => {}))), 'Sign in first');
});

ordering('reads a timeline from its beginning', () => {
  assert.equal(timelineOf(`<ol class="qm-timeline mt-2">${li('Then.')}${li('First.')}</ol>`), ['First.', 'Then.']);
});

ordering.run();
