import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSealer } from '../../gateways/sealing.js';
import { Bmc } from '../../models/servers/bmc.js';
import { Server } from '../../models/servers/server.js';
import { openDatabase } from '../../tests/support/database.js';
import { machineList } from '../machines/machine-list.js';
import { bringMetalBack, placeMetal, setMetalAside } from './metal.js';
import { seedDemoShop } from './seed.js';

const metal = suite('[SVC-10] the machine in QEMU in the demo’s inventory');
const secretsKey = randomBytes(32).toString('base64');
const sealer = createSealer(Buffer.from(secretsKey, 'base64'));
const now = new Date('2026-11-21T13:00Z');
let database: { close: () => Promise<void> };
let dataDir: string;

const server = () => Server.query().findOne({ label: 'S-0380' }).throwIfNotFound();
const statusOf = async () => (await server()).status;
const place = (bmcPort: number) => placeMetal({ sealer, bmcPort, dataDir, now });

metal.before(async () => {
  database = await openDatabase();
  dataDir = await mkdtemp(join(tmpdir(), 'demo-metal-'));
  const ports = { web: 3000, machines: 3007, snmp: 3008 };
  const passwords = { customer: 'c', staff: 's' };
  await seedDemoShop({ passwords, secondFactor: 'GEZDGNBVGY3TQOJQ', secretsKey, now, dataDir, ports });
});
metal.after(async () => {
  await rm(dataDir, { recursive: true });
  await database.close();
});

metal('is entered once, is reached where it listens this time, and is its row’s machine', async () => {
  await place(3007);
  const { id, serial, mac } = await server();
  await place(4007);
  assert.is(await Server.query().where({ label: 'S-0380' }).resultSize(), 1);
  const bmc = await Bmc.query().findOne({ serverId: id }).throwIfNotFound();
  assert.equal([bmc.driver, bmc.address, bmc.cipherSuite], ['ipmi', '127.0.0.1:4007', 3]);
  const [papers] = machineList.parse(JSON.parse(await readFile(join(dataDir, 'metal.json'), 'utf8')));
  assert.equal([papers?.serial, papers?.mac, papers?.switchName], [serial, mac, 'sw-c07-a']);
  assert.is(papers?.password, sealer.open(bmc.passwordSealed).toString());
});

metal('can be sold from when its installer is there until a start without it', async () => {
  await place(3007);
  assert.is(await statusOf(), 'failed_testing');
  await bringMetalBack(now);
  assert.is(await statusOf(), 'ready');
  await setMetalAside(now);
  assert.is(await statusOf(), 'failed_testing');
});

metal('keeps what it has become by itself: in use, or out for another reason', async () => {
  await (await server()).$query().patch({ status: 'in_service', statusReason: null });
  await place(3007);
  await bringMetalBack(now);
  assert.is(await statusOf(), 'in_service');
  await (await server()).$query().patch({ status: 'failed_testing', statusReason: 'Drive 0 is gone' });
  await bringMetalBack(now);
  assert.is(await statusOf(), 'failed_testing');
});

metal.run();
