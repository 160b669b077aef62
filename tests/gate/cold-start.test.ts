import express from 'express';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { routesOf } from '../../api/app.js';
import { withHealth } from '../../gateways/health.js';
import { testApp, testDeps } from '../support/app.js';
import { aBrowser } from '../support/browser-without-scripts.js';
import { openDatabase } from '../support/database.js';
import { type Visitor, visit } from '../support/visitor.js';
import { everyRow } from './rows.js';

const gate = suite('[OPS] [S19] a shop that was just installed');
let database: { close: () => Promise<void> };
let guest: Visitor;

gate.before(async () => {
  database = await openDatabase();
  const pages = testApp({ logError: () => {} });
  const ready = async () => Model.knex().raw('SELECT 1');
  guest = await visit(
    express()
      .use((request, response) => void withHealth(pages, ready)(request, response))
      .disable('x-powered-by'),
  );
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

gate('knows nobody: no row of a person, a session, a key or a token comes with the tables', async () => {
  const people =
    /^(users|staff_members|memberships|customers|sessions|staff_sessions|account_links|second_factors|bmcs|switches)$/;
  assert.equal(
    (await everyRow()).filter(({ table }) => people.test(table)),
    [],
  );
});

const usual = [
  'admin',
  'administrator',
  'root',
  'quartermaster',
  'postgres',
  'staff',
  'demo',
  'test',
  'admin@shop.example',
];
const passwords = ['', 'admin', 'password', 'quartermaster', 'changeme', '123456'];

gate('lets nobody in by a name and a password that everybody knows', async () => {
  for (const door of ['/sign-in', '/staff/sign-in']) {
    for (const name of usual) {
      await Model.knex().raw('TRUNCATE sign_in_attempts');
      const browser = aBrowser(guest);
      await browser.get(door);
      for (const password of passwords) assert.is((await browser.post(door, { name, password })).status, 422);
    }
  }
});

gate('has no address at which a first administrator could be made by whoever comes first', () => {
  const open = routesOf(testDeps()).filter(({ right }) => right === 'anyone');
  assert.equal(
    open.filter(({ path }) => /setup|install|bootstrap|first|register|init/.test(path)),
    [],
  );
});

const insides = [
  '/metrics',
  '/debug',
  '/debug/vars',
  '/debug/pprof/',
  '/status',
  '/server-status',
  '/actuator',
  '/actuator/env',
  '/health',
  '/env',
  '/.env',
  '/.git/config',
  '/.git/HEAD',
  '/config.json',
  '/config.ts',
  '/package.json',
  '/package-lock.json',
  '/node_modules/express/package.json',
  '/api/v1/namespaces',
  '/api/v1/namespaces/default/workflows',
  '/temporal',
  '/namespaces/default/workflows',
  '/codec',
  '/codec//decode',
  '/codec/secret/decode',
  '/_sim/faults',
  '/_sim/charges',
  '/v1/charges',
  '/v3/',
  '/redfish/v1/',
  '/redfish/v1/Systems',
  '/email',
  '/influx',
  '/api/v2/setup',
  '/graphql',
  '/swagger',
  '/openapi.json',
  '/console',
  '/phpmyadmin',
  '/wp-login.php',
  '/staff/setup',
  '/setup',
  '/install',
  '/assets/',
  '/assets/../package.json',
  '/assets/%2e%2e/package.json',
  '/views/layouts/staff.hbs',
  '/healthz/',
  '/readyz/',
  '/readyz?verbose',
];

gate('shows nothing of its insides at the addresses where others do', async () => {
  const wrong: string[] = [];
  for (const path of insides) {
    for (const method of ['GET', 'POST', 'PUT', 'TRACE', 'PROPFIND'].slice(0, path === '/metrics' ? 5 : 2)) {
      const { status, body } = await guest.request(method, path).catch(() => ({ status: 405, body: '' }));
      if (![404, 403, 405].includes(status)) wrong.push(`${method} ${path}: ${status}`);
      if (/secret|stack|node_modules|"version"|password_hash/i.test(body.replaceAll(/[\w-]+="[^"]*"/g, '')))
        wrong.push(`${path}: tells`);
    }
  }
  assert.equal(wrong, []);
});

gate('says of its health that it is well, and no more', async () => {
  for (const path of ['/healthz', '/readyz']) {
    const { status, body, headers } = await guest.get(path);
    assert.equal([status, body, headers.get('x-powered-by')], [200, 'ok\n', null]);
  }
});

gate.run();
