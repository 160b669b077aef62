import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { shopEnvironment } from '../../dev/launcher/environment.js';
import { portsFrom } from '../../dev/launcher/ports.js';
import { createSealer } from '../../gateways/sealing.js';
import { PortReading } from '../../models/network/port-reading.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { SwitchReading } from '../../models/network/switch-reading.js';
import { DeviceLease } from '../../models/servers/device-lease.js';
import { freePort } from '../support/cluster.js';
import { openDatabase } from '../support/database.js';
import { thePlace } from '../support/inventory.js';
import { startRecordedSwitch } from '../support/recorded-switch.js';
import { switchTable } from '../support/switch-table.js';

const collectors = suite('[NET-01] the collector as a process');
const key = Buffer.alloc(32, 7);
const WITHIN_MS = 60_000;
let database: { close: () => Promise<void> };
let agent: Awaited<ReturnType<typeof startRecordedSwitch>>;

collectors.before(async () => {
  database = await openDatabase();
  agent = await startRecordedSwitch(switchTable(1_000, [{ ifIndex: 1, name: 'Gi0/1', inOctets: 0, outOctets: 77 }]));
  const { id: switchId } = (await thePlace()).switch;
  const communitySealed = createSealer(key).seal('public');
  await SwitchDevice.query().findById(switchId).patch({ port: agent.port, communitySealed });
  await SwitchPort.query().insert({ switchId, ifIndex: 1, name: 'Gi0/1', speedMbit: 1_000 });
});
collectors.after(async () => {
  await agent.close();
  await database.close();
});

async function aCollector(): Promise<{ child: ChildProcess; url: string }> {
  const port = await freePort();
  const secrets = {
    ...{ databasePassword: '', sessionKey: 's'.repeat(32), linkKey: 'l'.repeat(32), codecSecret: 'c'.repeat(32) },
    ...{ secretsKey: key.toString('base64'), webhookSecret: 'whsec', demoSecondFactor: '' },
    demoPasswords: { customer: '', staff: '' },
  };
  const environment = shopEnvironment({}, { light: true, ports: portsFrom(1_024), secrets });
  const { connectionString } = Model.knex().client.config.connection as { connectionString: string };
  const env = { ...process.env, ...environment, DATABASE_URL: connectionString, COLLECTOR_PORT: String(port) };
  const child = spawn(process.execPath, ['dev/compiled.mjs', 'collectors/collector.ts'], { env, stdio: 'ignore' });
  return { child, url: `http://127.0.0.1:${port}` };
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const giveUp = Date.now() + WITHIN_MS; !(await holds().catch(() => false)); await pause(100)) {
    if (Date.now() > giveUp) throw new Error('it never came to that');
  }
}
const holders = () => DeviceLease.holders('traffic:', new Date());

collectors(
  'reads its switches, says that it is ready, and leaves everything to others when it is asked to stop',
  async () => {
    const { child, url } = await aCollector();
    await until(async () => (await fetch(`${url}/readyz`)).ok);
    await until(async () => (await PortReading.query().resultSize()) === 1);
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    assert.equal(await exit, [0, null]);
    assert.is((await holders()).size, 0);
    assert.is((await PortReading.query().first())?.memory?.reading.inOctets, 77n);
    assert.is.not((await SwitchReading.query().first())?.answeredAt, null);
  },
);

collectors('one that is killed is followed by another as soon as its lease is over', async () => {
  const killed = await aCollector();
  await until(async () => (await holders()).size === 1);
  const exit = once(killed.child, 'exit');
  killed.child.kill('SIGKILL');
  await exit;
  assert.is((await holders()).size, 1);
  const [first] = (await holders()).values();
  await DeviceLease.query().patch({ expiresAt: new Date(Date.now() - 1) }); // as 45 s later
  const heir = await aCollector();
  await until(async () => [...(await holders()).values()].some((holder) => holder !== first));
  const gone = once(heir.child, 'exit');
  heir.child.kill('SIGTERM');
  await gone;
});

collectors.run();
