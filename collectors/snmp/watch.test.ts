import { setTimeout as pause } from 'node:timers/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSealer } from '../../gateways/sealing.js';
import { createSwitchReaders, type SwitchReaders } from '../../gateways/switch/readers.js';
import { PortReading } from '../../models/network/port-reading.js';
import { SwitchDevice } from '../../models/network/switch-device.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { SwitchReading } from '../../models/network/switch-reading.js';
import { DeviceLease } from '../../models/servers/device-lease.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';
import { openDatabase } from '../../tests/support/database.js';
import { thePlace } from '../../tests/support/inventory.js';
import { startRecordedSwitch } from '../../tests/support/recorded-switch.js';
import { switchTable } from '../../tests/support/switch-table.js';
import { IntervalBuffer } from './interval-buffer.js';
import { Keeper } from './keeper.js';
import { Watch } from './watch.js';

const watches = suite('[NET-01] collectors that share switches');
const sealer = createSealer(Buffer.alloc(32, 7));
const log = { warn: () => {}, info: () => {}, error: () => {} };
let database: { close: () => Promise<void> };
let readers: SwitchReaders;
let agents: Awaited<ReturnType<typeof startRecordedSwitch>>[];
let clock: number;
let keepers: Keeper[];

watches.before(async () => {
  database = await openDatabase();
  readers = createSwitchReaders({ timeoutMs: 400, retries: 1, firstId: 7 });
  const { site, switch: first } = await thePlace();
  await first.$query().delete();
  agents = [];
  for (const name of ['sw-1', 'sw-2', 'sw-3', 'sw-4']) {
    const agent = await startRecordedSwitch(switchTable(1_000, [{ ifIndex: 1, name: 'Gi0/1', inOctets: 5 }]));
    agents.push(agent);
    const access = {
      host: '127.0.0.1',
      port: agent.port,
      version: '2c',
      communitySealed: sealer.seal('public'),
    } as const;
    const { id: switchId } = await SwitchDevice.query().insertAndFetch({ siteId: site.id, name, ...access });
    await SwitchPort.query().insert({ switchId, ifIndex: 1, name: 'Gi0/1', speedMbit: 1_000 });
  }
});
watches.after(async () => {
  readers.close();
  for (const agent of agents) await agent.close();
  await database.close();
});
watches.before.each(async () => {
  clock = Date.parse('2027-03-01T10:00Z');
  keepers = [];
  await DeviceLease.query().delete();
  await SwitchReading.query().delete();
  await PortReading.query().delete();
});

function aWatch(collector: string, kept: TrafficInterval[] = []): Watch {
  const store = { write: async (intervals: readonly TrafficInterval[]) => void kept.push(...intervals) };
  const keeper = new Keeper(new IntervalBuffer({ store, most: 1_000, log }));
  keepers.push(keeper);
  return new Watch({ collector, readers, sealer, keeper, now: () => new Date(clock), log });
}
const readBy = async () => {
  const held = await DeviceLease.holders('traffic:', new Date(clock));
  return [...held.values()].sort();
};
async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const giveUp = Date.now() + 5_000; !(await holds()); await pause(20)) {
    for (const keeper of keepers) await keeper.keep();
    if (Date.now() > giveUp) throw new Error('it never came to that');
  }
}

watches('read all of them where there is one, and half each where another comes', async () => {
  const [one, two] = [aWatch('one'), aWatch('two')];
  await one.claim();
  assert.equal(await readBy(), ['one', 'one', 'one', 'one']);
  await two.claim();
  await one.claim();
  await two.claim();
  assert.equal(await readBy(), ['one', 'one', 'two', 'two']);
  assert.equal([one.devices, two.devices], [2, 2]);
  await one.stop();
  await two.claim();
  assert.equal(await readBy(), ['two', 'two', 'two', 'two']);
  await two.stop();
  assert.equal(await readBy(), []);
});

watches('take over what a dead one left, when its lease has run out', async () => {
  const [dead, heir] = [aWatch('dead'), aWatch('heir')];
  await dead.claim();
  await heir.claim();
  assert.is(heir.devices, 0);
  clock += 46_000;
  await heir.claim();
  assert.is(heir.devices, 4);
  await dead.claim();
  assert.is(dead.devices, 0);
  await Promise.all([dead.stop(), heir.stop()]);
});

watches('leave behind what whoever comes next goes on from', async () => {
  const one = aWatch('one');
  await one.claim();
  await until(async () => (await SwitchReading.query().whereNotNull('answeredAt').resultSize()) === 4);
  await one.stop();
  const [left] = await PortReading.query();
  assert.is(await PortReading.query().resultSize(), 4);
  assert.is(left?.memory?.reading.outOctets, 5n);
});

watches('wait for no dead switch: the others are read meanwhile', async () => {
  const [silent] = agents;
  if (silent) silent.misbehaviour.silent = 1_000;
  const one = aWatch('one');
  const begun = Date.now();
  await one.claim();
  await until(async () => (await SwitchReading.query().whereNotNull('answeredAt').resultSize()) === 3);
  assert.ok(Date.now() - begun < 800, 'before the silent one was given up');
  await until(async () => (await SwitchReading.query().whereNotNull('failingSince').resultSize()) === 1);
  if (silent) silent.misbehaviour.silent = 0;
  await one.stop();
});

watches('begin anew with a switch whose address has changed', async () => {
  const one = aWatch('one');
  await one.claim();
  await until(async () => (await SwitchReading.query().whereNotNull('answeredAt').resultSize()) === 4);
  const before = agents[1]?.requests ?? 0;
  await SwitchDevice.query().where({ name: 'sw-1' }).patch({ port: agents[1]?.port });
  await one.claim();
  await until(async () => (agents[1]?.requests ?? 0) > before);
  await SwitchDevice.query().where({ name: 'sw-1' }).patch({ port: agents[0]?.port });
  await one.stop();
});

watches('whose words cannot be opened holds up no other', async () => {
  const first = await SwitchDevice.query().orderBy('id').first().throwIfNotFound();
  await first.$query().patch({ communitySealed: Buffer.from('nonsense') });
  const one = aWatch('one');
  await one.claim();
  await until(async () => (await SwitchReading.query().whereNotNull('answeredAt').resultSize()) === 3);
  await one.stop();
});

watches.run();
