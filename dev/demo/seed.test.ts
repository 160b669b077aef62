import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Invoice } from '../../models/billing/invoice.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import { Service } from '../../models/services/service.js';
import { openDatabase } from '../../tests/support/database.js';
import { machineList } from '../machines/machine-list.js';
import { switchList } from '../switches/switch-list.js';
import { seedDemoShop } from './seed.js';

const demo = suite('demo shop');
let database: { close: () => Promise<void> };
let folder: string;

demo.before(async () => {
  database = await openDatabase();
  folder = await mkdtemp(join(tmpdir(), 'demo-'));
});
demo.after(async () => {
  await rm(folder, { recursive: true });
  await database.close();
});

function seed() {
  return seedDemoShop({
    passwords: { customer: 'c', staff: 's' },
    secondFactor: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    secretsKey: randomBytes(32).toString('base64'),
    now: new Date('2026-11-21T13:00Z'),
    dataDir: folder,
    ports: { web: 3000, machines: 3007, snmp: 3008 },
  });
}

demo('has running servers, paid and unpaid invoices, and is laid out once', async () => {
  const { signIns } = await seed();
  const running = await Service.query().where({ status: 'active' }).resultSize();
  const invoices = await Invoice.query().resultSize();
  await seed();
  assert.is(signIns.length, 3);
  assert.is(running, 6);
  assert.is(await Service.query().resultSize(), running);
  assert.is(await Invoice.query().resultSize(), invoices);
  assert.is(await Invoice.query().where({ status: 'open' }).resultSize(), 2);
});

demo('numbers documents in the order in which they were issued, and its books hold', async () => {
  const byNumber = await Invoice.query().orderBy('number');
  const byTime = await Invoice.query().orderBy('issuedAt').orderBy('number');
  assert.equal(
    byNumber.map(({ number }) => number),
    byTime.map(({ number }) => number),
  );
  assert.equal(await findBreaches(Invoice.knex()), []);
});

demo('writes the lists its pretend hardware is made from', async () => {
  const machines = machineList.parse(JSON.parse(await readFile(join(folder, 'machines.json'), 'utf8')));
  const [device] = switchList.parse(JSON.parse(await readFile(join(folder, 'switches.json'), 'utf8')));
  assert.is(machines.filter(({ running }) => running).length, 6);
  assert.is(device?.preset.length, 6);
});

demo.run();
