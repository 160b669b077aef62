import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { PowerCommand } from '../../models/servers/power-command.js';
import { Server } from '../../models/servers/server.js';
import type { Service } from '../../models/services/service.js';
import { openDatabase } from '../../tests/support/database.js';
import { aRunningService, pressed, pretendMachine } from '../../tests/support/running-service.js';
import { openWorkshop, type Workshop } from '../../tests/support/workshop.js';
import { comparePorts } from '../network/port-comparison.js';
import { compareMachines } from './power-comparison.js';

const outside = suite('[WFL-06] our rows and the hardware');
const A_DAY_MS = 86_400_000;
let database: { close: () => Promise<void> };
let workshop: Workshop;
let service: Service;
let [running, stock, resting]: readonly Server[] = [];

/** One machine runs for a service with its port open; one is in stock, one in quarantine, both off. */
outside.before.each(async () => {
  database = await openDatabase();
  workshop = await openWorkshop();
  [running, stock, resting] = workshop.servers;
  const since = new Date(Date.now() - A_DAY_MS);
  service = await aRunningService(workshop, its(running), since);
  await its(resting).$query().patch({ status: 'quarantined', statusSince: since });
});
outside.after.each(async () => {
  await workshop.close();
  await database.close();
});

function its(server: Server | undefined): Server {
  if (!server) throw new Error('the workshop has too few machines');
  return server;
}

const machine = (server: Server | undefined) => pretendMachine(workshop, its(server));
const press = (server: Server | undefined, button: 'on' | 'off') => pressed(workshop, its(server), button);

/** A machine that answers has time to, however busy this one is. */
const bmcs = createBmcs({ timeoutMs: 3_000 });
const machines = () => compareMachines(Model.knex(), { ...workshop.deps, bmcs, againAfterMs: 10 });
const ports = () => comparePorts(Model.knex(), { ...workshop.deps, againAfterMs: 10 });

outside('agree where nobody touched anything', async () => {
  assert.equal(await machines(), { invariant: { id: 'I8', name: 'machinesStandAsTold' }, rows: [], unknown: [] });
  assert.equal(await ports(), { invariant: { id: 'I8', name: 'portsAreAsAssigned' }, rows: [], unknown: [] });
});

outside('a machine that went off behind our back is found', async () => {
  await press(running, 'off');
  const about = { machine: 'S-1', status: 'in_service', service: service.slug };
  assert.equal((await machines()).rows, [{ ...about, power: 'off', expected: 'on' }]);
});

outside(
  'one that its customer had switched off is as it should be, and found when somebody switches it on',
  async () => {
    const asked = { command: 'off', reason: 'holidays', status: 'done', outcome: 'switched_off' } as const;
    const { id: serverId } = its(running);
    const times = { askedAt: new Date(), startedAt: new Date(), pushedAt: new Date(), endedAt: new Date() };
    const user = { askedByUserId: workshop.user.id, serviceId: service.id };
    await PowerCommand.query().insert({ serverId, ...asked, ...user, ...times });
    assert.is((await machines()).rows?.length, 1);
    await press(running, 'off');
    assert.equal((await machines()).rows, []);
  },
);

outside('a machine in stock or in quarantine that is on is found', async () => {
  await press(stock, 'on');
  await press(resting, 'on');
  assert.equal((await machines()).rows, [
    { machine: 'S-2', status: 'ready', power: 'on', expected: 'off' },
    { machine: 'S-3', status: 'quarantined', power: 'on', expected: 'off' },
  ]);
});

outside('a service processor that answers for another machine is found', async () => {
  workshop.hardware.faults.set(machine(running).known.id, { step: 'bmc', kind: 'wrong' });
  const [row] = (await machines()).rows ?? [];
  assert.equal([row?.machine, row?.serial], ['S-1', 'NQ-SN-01']);
  assert.is.not(row?.answersFor, 'NQ-SN-01');
});

outside('a service processor that does not answer is not known, never broken, and hides no other', async () => {
  await press(running, 'off');
  await press(stock, 'on');
  workshop.hardware.faults.set(machine(running).known.id, { step: 'bmc', kind: 'silent' });
  const { rows, unknown } = await machines();
  assert.equal(
    rows?.map(({ machine }) => machine),
    ['S-2'],
  );
  assert.equal(
    unknown?.map(({ machine }) => machine),
    ['S-1'],
  );
  assert.match(String(unknown?.[0]?.why), /did not answer/);
});

outside('a machine that is just being restarted is no fault', async () => {
  await press(running, 'off');
  const back = new Promise<void>((resolve) => setTimeout(() => resolve(press(running, 'on')), 100));
  const { rows } = await compareMachines(Model.knex(), { ...workshop.deps, bmcs, againAfterMs: 1_000 });
  await back;
  assert.equal(rows, []);
});

outside('a port in the wrong VLAN is found, and one that is shut', async () => {
  const port = workshop.portOf(its(running));
  const at = { switch: 'sw-c07-a', machine: 'S-1', service: service.slug, expected: 'up, VLAN 100' };
  const found = async () => (await ports()).rows?.map(({ port: _, ...row }) => row);
  Object.assign(port ?? {}, { pvid: 2001 });
  assert.equal(await found(), [{ ...at, found: 'up, VLAN 2001, untagged 100' }]);
  Object.assign(port ?? {}, { pvid: 100, up: false });
  assert.equal(await found(), [{ ...at, found: 'down' }]);
});

outside('a port that is open at a machine in stock is found', async () => {
  Object.assign(workshop.portOf(its(stock)) ?? {}, { up: true });
  assert.equal(
    (await ports()).rows?.map(({ port: _, ...row }) => row),
    [{ switch: 'sw-c07-a', machine: 'S-2', found: 'up, VLAN 1', expected: 'down' }],
  );
});

outside('a switch that does not answer is not known', async () => {
  Object.assign(workshop.portOf(its(running)) ?? {}, { up: false });
  workshop.switches.faults.set('sw-c07-a', { step: 'request', kind: 'silent' });
  const { rows, unknown } = await ports();
  assert.equal([rows, unknown?.map((row) => row.switch)], [[], ['sw-c07-a']]);
});

outside('what is being prepared is looked at by its process alone', async () => {
  await its(running).$query().patch({ status: 'provisioning' });
  await service.$query().patch({ status: 'preparing', activeAt: null });
  await press(running, 'off');
  Object.assign(workshop.portOf(its(running)) ?? {}, { up: false });
  assert.equal([(await machines()).rows, (await ports()).rows], [[], []]);
  assert.is(await Server.query().where({ status: 'ready' }).resultSize(), 1);
});

outside.run();
