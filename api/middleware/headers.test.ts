import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testApp } from '../../tests/support/app.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { type Visitor, visit } from '../../tests/support/visitor.js';
import type { RouteDeclaration } from '../routing.js';
import { allowCardEntry } from './headers.js';

const headers = suite('headers of pages');
let database: { close: () => Promise<void> };
let plain: Visitor;
let secure: Visitor;

const cards: RouteDeclaration = {
  method: 'get',
  path: '/cards',
  right: 'anyone',
  handle: (_request, response) => {
    allowCardEntry(response, ['https://js.stripe.example']);
    response.send('a page with card entry');
  },
};

headers.before(async () => {
  database = await openDatabase();
  await aCustomer();
  plain = await visit(testApp());
  secure = await visit(testApp({ publicUrl: 'https://shop.example' }));
});
headers.after(async () => {
  await plain.leave();
  await secure.leave();
  await database.close();
});

headers('no script but ours, none inline, no frames, forms to us alone', async () => {
  for (const path of ['/sign-in', '/nowhere', '/']) {
    const policy = (await plain.get(path)).headers.get('Content-Security-Policy') ?? '';
    assert.match(
      policy,
      `default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'none'; style-src 'self'`,
    );
    assert.match(policy, `form-action 'self'; base-uri 'none'; frame-ancestors 'none'`);
    assert.not.match(policy, 'unsafe');
  }
});

headers('a page with card entry may load the provider’s parts, and no other page may', async () => {
  const visitor = await visit(testApp({}, [cards]));
  const policyOf = async (path: string) => (await visitor.get(path)).headers.get('Content-Security-Policy') ?? '';
  assert.match(await policyOf('/cards'), `script-src 'self' https://js.stripe.example;`);
  assert.match(await policyOf('/cards'), `frame-src https://js.stripe.example;`);
  assert.not.match(await policyOf('/nowhere'), 'stripe');
  await visitor.leave();
});

headers('pages hold no inline script, style or handler', async () => {
  for (const path of ['/sign-in', '/nowhere']) {
    const { body } = await plain.get(path);
    assert.not.match(body, /<script(?![^>]* src=)|<style| style=| on\w+=/);
  }
});

headers('over https the cookie is bound to the host and to https, and the browser is told to stay there', async () => {
  const { headers: sent } = await secure.get('/sign-in');
  assert.match(sent.getSetCookie()[0] ?? '', /^__Host-qm_customer=[^;]+; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
  assert.match(sent.get('Strict-Transport-Security') ?? '', 'max-age=63072000');
  const { headers: staff } = await secure.get('/staff/sign-in');
  assert.match(staff.getSetCookie()[0] ?? '', /^__Host-qm_staff=/);
});

headers('over http it has a plain name: browsers drop the other', async () => {
  const { headers: sent } = await plain.get('/sign-in');
  assert.match(sent.getSetCookie()[0] ?? '', /^qm_customer=[^;]+; Path=\/; HttpOnly; SameSite=Lax$/);
  assert.is(sent.get('Strict-Transport-Security'), null);
});

headers('pages are kept nowhere, assets for ever', async () => {
  const page = await plain.get('/sign-in');
  assert.is(page.headers.get('Cache-Control'), 'no-store');
  const addresses = [...page.body.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map(([, address]) => address ?? '');
  assert.ok(addresses.length >= 6);
  for (const address of new Set(addresses)) {
    const asset = await plain.get(address);
    assert.equal(
      [asset.status, asset.headers.get('Cache-Control')],
      [200, 'public, max-age=31536000, immutable'],
      address,
    );
  }
  assert.is((await plain.get('/assets/000000000000/tabler.css')).status, 404);
  assert.is((await plain.get('/assets/../package.json')).status, 404);
});

headers('a brand’s accent comes by an address of its own', async () => {
  const sheet = await plain.get('/assets/brand-0a7f5a.css');
  assert.match(sheet.body, '--brand-solid: light-dark(#0a7f5a,');
  assert.is((await plain.get('/assets/brand-zzzzzz.css')).status, 404);
});

headers.run();
