import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSwitchReaders, type SwitchReaders } from '../../gateways/switch/readers.js';
import { PortReading, type PortReadingRow } from '../../models/network/port-reading.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import { SwitchReading, type SwitchReadingRow } from '../../models/network/switch-reading.js';
import type { TrafficInterval } from '../../rules/network/traffic.js';
import { openDatabase } from '../../tests/support/database.js';
import { thePlace } from '../../tests/support/inventory.js';
import { startRecordedSwitch } from '../../tests/support/recorded-switch.js';
import { switchTable, type TestInterface } from '../../tests/support/switch-table.js';
import { Device } from './device.js';

const devices = suite('[NET-01] a switch that is read each minute');
const start = Date.parse('2027-03-01T10:00Z');
let database: { close: () => Promise<void> };
let readers: SwitchReaders;
let agent: Awaited<ReturnType<typeof startRecordedSwitch>>;
let clock: number;
let ports: Map<string, SwitchPort>;
let over: TrafficInterval[];
let readings: Map<string, PortReadingRow>;
let noted: SwitchReadingRow | undefined;

devices.before(async () => {
  database = await openDatabase();
  readers = createSwitchReaders({ timeoutMs: 150, retries: 1, firstId: 7 });
});
devices.after(async () => {
  readers.close();
  await database.close();
});
devices.before.each(async () => {
  agent = await startRecordedSwitch([]);
  [clock, over, readings] = [0, [], new Map()];
  await SwitchPort.query().delete();
  ports = new Map();
  const { id: switchId } = (await thePlace()).switch;
  for (const [name, ifIndex] of [
    ['Gi0/1', 1],
    ['Gi0/2', 2],
  ] as const) {
    ports.set(name, await SwitchPort.query().insertAndFetch({ switchId, name, ifIndex, speedMbit: 1_000 }));
  }
});
devices.after.each(() => agent.close());

async function aDevice(): Promise<Device> {
  const access = { host: '127.0.0.1', port: agent.port, version: '2c', community: 'public' } as const;
  return new Device({
    switchId: (await thePlace()).switch.id,
    reader: readers.reader(access),
    collector: 'one',
    now: () => new Date(start + clock * 1_000),
    handOver(intervals, rows) {
      over.push(...intervals);
      for (const row of rows) readings.set(row.switchPortId, row);
    },
    note: (reading) => {
      noted = reading;
    },
    log: { warn: () => {}, info: () => {} },
  });
}

/** The switch sends 1,000 octets a second to the first server and 500 to the second. */
const usual = (differing: Partial<TestInterface> = {}, second: Partial<TestInterface> = {}): TestInterface[] => [
  { ifIndex: 1, name: 'Gi0/1', outOctets: 1_000_000 + clock * 1_000, inOctets: clock, ...differing },
  { ifIndex: 2, name: 'Gi0/2', outOctets: 1_000_000 + clock * 500, inOctets: 0, ...second },
];

/** A minute later, it says this. */
async function minutes(device: Device, count: number, says: () => TestInterface[] = usual, up = 0): Promise<void> {
  for (let minute = 0; minute < count; minute++) {
    agent.says(switchTable(1_000 + clock + up, says()));
    await device.poll();
    clock += 60;
  }
}
const of = (name: string) => over.filter(({ portId }) => portId === ports.get(name)?.id);
const counted = (name: string) =>
  of(name).map(({ startsAt, inOctets, seconds }) => [(startsAt.getTime() - start) / 1_000, inOctets, seconds]);

devices('becomes intervals of each of its ports, in being what reaches the server', async () => {
  await minutes(await aDevice(), 12);
  assert.equal(counted('Gi0/1'), [
    [0, 300_000, 300],
    [300, 300_000, 300],
  ]);
  assert.equal(counted('Gi0/2'), [
    [0, 150_000, 300],
    [300, 150_000, 300],
  ]);
  assert.equal(
    of('Gi0/1').map(({ outOctets }) => outOctets),
    [300, 300],
  );
});

devices('is remembered, so that whoever reads it next goes on', async () => {
  await minutes(await aDevice(), 7);
  await PortReading.keep([...readings.values()]);
  await minutes(await aDevice(), 5);
  assert.equal(counted('Gi0/1'), [
    [0, 300_000, 300],
    [300, 300_000, 300],
  ]);
});

devices('says how its ports are, and when that changes', async () => {
  const device = await aDevice();
  await minutes(device, 2, () => usual({ alias: 'web-3\n<b>' }, { link: false }));
  await minutes(device, 1, () => usual({ link: false, alias: 'web-3\n<b>' }, { link: false }));
  await PortReading.keep([...readings.values()]);
  const [one, two] = [...ports.values()];
  const shown = await PortReading.query()
    .findById(one?.id ?? '')
    .throwIfNotFound();
  assert.equal(
    { ...shown, memory: null },
    {
      ...{ switchPortId: one?.id, readAt: new Date(start + 120_000), up: true, link: false, memory: null },
      ...{ linkSince: new Date(start + 120_000), name: 'Gi0/1', alias: 'web-3 <b>', speedMbit: 1_000, counterBits: 64 },
    },
  );
  assert.is((await PortReading.query().findById(two?.id ?? ''))?.link, false);
});

devices('that numbers its ports anew is followed, and nobody gets another one’s traffic', async () => {
  const device = await aDevice();
  await minutes(device, 3);
  const swapped = () => usual().map((each) => ({ ...each, ifIndex: 3 - each.ifIndex }));
  await minutes(device, 10, swapped);
  assert.equal(counted('Gi0/1'), [
    [0, 300_000, 300],
    [300, 300_000, 300],
  ]);
  assert.equal(counted('Gi0/2'), [
    [0, 150_000, 300],
    [300, 150_000, 300],
  ]);
  const numbers = await SwitchPort.query().orderBy('name').select('ifIndex');
  assert.equal(
    numbers.map(({ ifIndex }) => ifIndex),
    [2, 1],
  );
});

devices('that restarts makes no spike', async () => {
  const device = await aDevice();
  await minutes(device, 3);
  await minutes(device, 10, () => usual({ outOctets: 7_000 + clock * 1_000 }, { outOctets: clock * 500 }), -1_170);
  for (const { inOctets, seconds } of of('Gi0/1')) assert.is(inOctets / seconds, 1_000);
  assert.equal(
    counted('Gi0/1').map(([, , seconds]) => seconds),
    [240, 300],
  );
});

devices('is read more often where a counter of 32 bits would go round', async () => {
  const device = await aDevice();
  await minutes(device, 1);
  assert.is(device.periodMs, 60_000);
  agent.says(switchTable(1_000, usual({ narrow: true })));
  const narrow = await aDevice();
  await narrow.poll();
  assert.is(narrow.periodMs, 25_000);
});

devices('that is silent is noted, and noted again when it answers; its last interval ends as it was seen', async () => {
  const device = await aDevice();
  await minutes(device, 3);
  agent.misbehaviour.silent = 1_000;
  await minutes(device, 12);
  const failing = noted;
  assert.equal(failing?.failingSince, new Date(start + 180_000));
  assert.match(String(failing?.failure), 'does not answer');
  assert.equal(failing?.answeredAt, new Date(start + 120_000));
  assert.equal(counted('Gi0/1'), [[0, 120_000, 120]]);
  agent.misbehaviour.silent = 0;
  await minutes(device, 8);
  assert.is(noted?.failingSince, null);
  assert.equal(counted('Gi0/1').slice(1), [[900, 300_000, 300]]);
});

devices('loses no packet’s worth to "too big", short answers, lost and doubled ones', async () => {
  Object.assign(agent.misbehaviour, { mostBytes: 300, mostValues: 3, twice: true });
  const device = await aDevice();
  for (let minute = 0; minute < 7; minute++) {
    agent.misbehaviour.silent = 1;
    await minutes(device, 1);
  }
  assert.equal(counted('Gi0/1'), [[0, 300_000, 300]]);
});

devices('whose rows lead in circles is noted and left alone', async () => {
  Object.assign(agent.misbehaviour, { circles: true, mostValues: 1 });
  await minutes(await aDevice(), 1);
  assert.match(String(noted?.failure), 'goes in circles');
});

devices('whose values are of a wrong type or unreadable loses only those', async () => {
  const wrong = new Map([
    ['1.3.6.1.2.1.31.1.1.1.10.1', Buffer.from('020105', 'hex')],
    ['1.3.6.1.2.1.31.1.1.1.18.2', Buffer.from('4100', 'hex')],
  ]);
  const device = await aDevice();
  await minutes(device, 1);
  Object.assign(agent.misbehaviour, { garbled: wrong });
  await minutes(device, 6);
  assert.equal(counted('Gi0/1'), []);
  assert.equal(counted('Gi0/2'), [[0, 150_000, 300]]);
  assert.ok((noted?.unreadableValues ?? 0) >= 1);
});

devices('is counted on while the inventory cannot be read', async () => {
  const device = await aDevice();
  await minutes(device, 3);
  const away = sinon.stub(SwitchPort, 'query').throws(new Error('the database is away'));
  try {
    await minutes(device, 9);
    assert.ok(away.called);
  } finally {
    away.restore();
  }
  assert.equal(counted('Gi0/1'), [
    [0, 300_000, 300],
    [300, 300_000, 300],
  ]);
});

devices('how it answered is kept, and who never heard it forgets nothing of who did', async () => {
  await minutes(await aDevice(), 1);
  if (!noted) throw new Error('nothing was noted');
  await SwitchReading.keep([noted]);
  const silent = { failingSince: new Date(start + 90_000), failure: 'it does not answer' };
  await SwitchReading.keep([{ ...noted, collector: 'two', answeredAt: null, upSince: null, ...silent }]);
  const kept = await SwitchReading.query().findById(noted.switchId);
  assert.equal({ ...kept }, { ...noted, collector: 'two', ...silent });
});

devices.run();
