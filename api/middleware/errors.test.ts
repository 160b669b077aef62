import { Model } from 'objection';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { ProcessesUnavailable, ProcessRefused } from '../../gateways/processes.js';
import { testApp } from '../../tests/support/app.js';
import { aCustomer, aUser } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { signedInVisitor } from '../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../tests/support/visitor.js';
import type { RouteDeclaration } from '../routing.js';
import { Forbidden, Unprocessable } from './errors.js';

const errors = suite('error pages');
const logError = sinon.stub();
let database: { close: () => Promise<void> };
let guest: Visitor;

const thrown: Readonly<Record<string, Error>> = {
  forbidden: new Forbidden('not this one'),
  unprocessable: new Unprocessable('what is that'),
  'moved-on': new ProcessRefused('too late'),
  away: new ProcessesUnavailable('no answer'),
  bank: new PaymentsUnavailable('no answer'),
  broken: new Error('a secret of ours'),
};
const failing = Object.entries(thrown).map(([name, error]): RouteDeclaration => {
  const handle = () => Promise.reject(error);
  return { method: 'get', path: `/${name}`, right: 'anyone', handle };
});

errors.before(async () => {
  database = await openDatabase();
  await aCustomer(); // and with it the brand
  const taking: RouteDeclaration = { method: 'post', path: '/form', right: { token: 'webhook' }, handle: () => {} };
  const thing: RouteDeclaration = { method: 'get', path: '/things/:name', right: 'anyone', handle: () => {} };
  guest = await visit(testApp({ logError }, [...failing, taking, thing]));
});
errors.before.each(() => logError.resetHistory());
errors.after(async () => {
  await guest.leave();
  await database.close();
});

const pages: [path: string, status: number, title: string][] = [
  ['/nowhere', 404, 'There is no such page for you'],
  ['/forbidden', 403, 'You may not do this'],
  ['/unprocessable', 422, 'We could not read what was sent'],
  ['/moved-on', 409, 'This has moved on in the meantime'],
  ['/away', 503, 'No answer yet'],
  ['/bank', 503, 'No answer yet'],
  ['/broken', 500, 'Something failed on our side'],
  ['/things/%E0%A4%A', 400, 'We could not read what was sent'],
];
for (const [path, wanted, title] of pages) {
  errors(`${path}: ${wanted}, in words, with a reference that the log knows`, async () => {
    const { status, body } = await guest.get(path);
    assert.is(status, wanted);
    assert.match(body, `<h1>${title}</h1>`);
    const [, reference] = body.match(/<span class="mono">(Q-\w{4}-\w{4}-\d{8})<\/span>/) ?? [];
    assert.ok(reference);
    assert.is(logError.lastCall?.args[0], wanted >= 500 ? reference : undefined);
    assert.not.match(body, 'a secret of ours');
  });
}

errors('an unknown address is told without one statement, in the browser’s language or the one chosen', async () => {
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }) => statements.push(sql);
  Model.knex().on('query', listen);
  const cookies = 'qm_customer=s%3Aanything.at-all; qm_language=uk';
  assert.match((await guest.get('/nowhere', { Cookie: cookies })).body, 'Такої сторінки для вас немає');
  assert.match((await guest.get('/orders/../../etc', { 'Accept-Language': 'fr' })).body, '<html lang="fr">');
  assert.is((await guest.post('/nowhere', { a: 'b' })).status, 404);
  Model.knex().removeListener('query', listen);
  assert.equal(statements, []);
});

errors('what is too large, or has too many fields, is not read', async () => {
  assert.is((await guest.post('/form', { text: 'x'.repeat(70_000) })).status, 413);
  const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`f${index}`, '']));
  assert.is((await guest.post('/form', many)).status, 413);
});

errors('htmx gets the same words without the page around them', async () => {
  const { status, body } = await guest.get('/forbidden', { 'HX-Request': 'true' });
  assert.is(status, 403);
  assert.match(body, /^<section class="card" role="alert">/);
});

errors('somebody signed in is told so, and gets home', async () => {
  const app = await visit(testApp({ logError }));
  const visitor = await signedInVisitor(app, await aUser(await aCustomer(), { name: 'Olha' }));
  const { body } = await visitor.get('/services/none/cancellation');
  assert.match(body, 'You are signed in as Olha.');
  await app.leave();
});

errors.run();
