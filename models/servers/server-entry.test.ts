import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aService, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aProduct, aServer, thePlace } from '../../tests/support/inventory.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { StaffAct } from '../accounts/staff-act.js';
import { SwitchPort } from '../network/switch-port.js';
import { Bmc } from './bmc.js';
import { Rack } from './rack.js';
import { Server } from './server.js';
import type { ServerEntry } from './server-conflicts.js';
import { addServer, changeServer } from './server-entry.js';
import { ServerLease } from './server-lease.js';
import { Site } from './site.js';

const entries = suite('[STF-04] entering machines');
const at = new Date('2027-03-11T12:00Z');
let database: { close: () => Promise<void> };
let act: StaffAct;
let made = 500;

entries.before(async () => {
  database = await openDatabase();
  const { id, name } = await aStaffMember();
  act = { staff: { id, name }, address: '192.0.2.7', at };
});
entries.after(async () => {
  await database.close();
});

async function aPort(switchId?: string): Promise<string> {
  const number = ++made;
  const id = switchId ?? (await thePlace()).switch.id;
  const port = { switchId: id, ifIndex: number, name: `ge-0/1/${number}`, speedMbit: 1_000 };
  return (await SwitchPort.query().insertAndFetch(port)).id;
}

async function anEntry(differing: Partial<ServerEntry> = {}): Promise<ServerEntry> {
  const number = ++made;
  const { site } = await thePlace();
  const rack = await Rack.query().insertAndFetch({ siteId: site.id, name: `R${number}`, units: 42 });
  const bmc = { driver: 'ipmi', address: `bmc-${number}.example`, username: 'admin', cipherSuite: 17 } as const;
  return {
    productId: (await aProduct({ listed: false })).id,
    choiceIds: [],
    serial: `ENTRY${number}`,
    mac: `02:00:00:01:${(number >> 8).toString(16).padStart(2, '0')}:${(number & 255).toString(16).padStart(2, '0')}`,
    rackId: rack.id,
    unit: 10,
    height: 2,
    portId: await aPort(),
    bmc: { ...bmc, passwordSealed: Buffer.from('sealed words') },
    ...differing,
  };
}

entries('a machine begins as new, with its BMC and its audit entry, which holds no secret', async () => {
  const entry = await anEntry();
  assert.is(await addServer('S-0900', entry, act), 'saved');
  const server = await Server.query().findOne({ label: 'S-0900' }).withGraphFetched('bmc').throwIfNotFound();
  assert.equal([server.status, server.serial, server.unit, server.height], ['new', entry.serial, 10, 2]);
  assert.equal(server.bmc.passwordSealed, Buffer.from('sealed words'));
  const [audit] = await AuditEntry.query().where({ subjectId: 'S-0900' });
  assert.is(audit?.action, 'server.added');
  assert.match(JSON.stringify(audit?.after), entry.serial);
  assert.not.match(JSON.stringify(audit), /sealed|password/i);
});

entries('all that another machine has already is told at once', async () => {
  const other = await aServer();
  const { address } = await Bmc.query().findOne({ serverId: other.id }).throwIfNotFound();
  const { label, serial, mac, rackId, unit, switchPortId: portId } = other;
  const entry = await anEntry({ serial, mac, rackId, unit, portId });
  const outcome = await addServer(label, { ...entry, bmc: { ...entry.bmc, address } }, act);
  const taken = ['label', 'serial', 'mac', 'unit', 'port', 'bmcAddress'].map((field) => ({ field, problem: 'taken' }));
  const inRack = unit + 1 > 42 ? [{ field: 'unit', problem: 'outside' }] : [];
  assert.equal(outcome, { wrong: [...taken, ...inRack] });
});

for (const [what, unit, height, wrong] of [
  ['just above it', 12, 1, []],
  ['just below it', 9, 1, []],
  ['upon its lower unit', 9, 2, [{ field: 'unit', problem: 'taken' }]],
  ['upon its upper unit', 11, 4, [{ field: 'unit', problem: 'taken' }]],
  ['up to the rack’s top', 42, 1, []],
  ['beyond the rack’s top', 42, 2, [{ field: 'unit', problem: 'outside' }]],
] as const) {
  entries(`a machine ${what} ${wrong.length ? 'finds no room' : 'finds room'}`, async () => {
    const first = await anEntry();
    await addServer(`S-9${++made}`, first, act);
    const outcome = await addServer(`S-9${++made}`, await anEntry({ rackId: first.rackId, unit, height }), act);
    assert.equal(outcome, wrong.length ? { wrong } : 'saved');
  });
}

entries('of two who enter the same unit, port and serial number at once one is refused in words', async () => {
  const one = await anEntry();
  const other = await anEntry({ serial: one.serial, portId: one.portId, rackId: one.rackId });
  const outcomes = await Promise.all([addServer('S-0910', one, act), addServer('S-0911', other, act)]);
  assert.is(outcomes.filter((outcome) => outcome === 'saved').length, 1);
  assert.is(outcomes.filter((outcome) => outcome !== 'saved' && outcome.wrong.length > 0).length, 1);
  assert.is((await Server.query().where({ serial: one.serial })).length, 1);
});

entries('a port of another site is refused', async () => {
  const site = await Site.query().insertAndFetch({ code: `PAR${++made}`, city: 'Paris' });
  const rack = await Rack.query().insertAndFetch({ siteId: site.id, name: 'A01', units: 42 });
  const outcome = await addServer('S-0920', await anEntry({ rackId: rack.id }), act);
  assert.equal(outcome, { wrong: [{ field: 'port', problem: 'elsewhere' }] });
});

entries('a change is kept with what it was before; a password left empty stays', async () => {
  const entry = await anEntry();
  await addServer('S-0930', entry, act);
  const kept = { ...entry, serial: 'OTHERBOARD', bmc: { ...entry.bmc, passwordSealed: undefined } };
  assert.is(await changeServer('S-0930', kept, act), 'saved');
  const server = await Server.query().findOne({ label: 'S-0930' }).withGraphFetched('bmc').throwIfNotFound();
  assert.is(server.serial, 'OTHERBOARD');
  assert.equal(server.bmc.passwordSealed, Buffer.from('sealed words'));
  const [audit] = await AuditEntry.query().where({ subjectId: 'S-0930', action: 'server.changed' });
  assert.equal([audit?.before, audit?.after], [{ serial: entry.serial }, { serial: 'OTHERBOARD' }]);
  await changeServer('S-0930', kept, act);
  await changeServer('S-0930', { ...kept, bmc: { ...kept.bmc, passwordSealed: Buffer.from('new words') } }, act);
  const audits = await AuditEntry.query().where({ subjectId: 'S-0930', action: 'server.changed' }).orderBy('id');
  assert.equal(
    audits.map(({ after }) => after),
    [{ serial: 'OTHERBOARD' }, { bmcPassword: 'replaced' }],
  );
});

entries('a password that nobody is shown is sent to no other address than the one it was typed for', async () => {
  const entry = await anEntry();
  await addServer('S-0940', entry, act);
  const elsewhere = { ...entry.bmc, address: 'mine.example:623', passwordSealed: undefined };
  const outcome = await changeServer('S-0940', { ...entry, bmc: elsewhere }, act);
  assert.equal(outcome, { wrong: [{ field: 'bmcPassword', problem: 'moved' }] });
  const server = await Server.query().findOne({ label: 'S-0940' }).withGraphFetched('bmc').throwIfNotFound();
  assert.is(server.bmc.address, entry.bmc.address);
  const anew = { ...elsewhere, passwordSealed: Buffer.from('new words') };
  assert.is(await changeServer('S-0940', { ...entry, bmc: anew }, act), 'saved');
});

entries('while somebody has it, its product and cable stay, and nothing is half written', async () => {
  const service = await aService(await aCustomer());
  const lease = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server')
    .throwIfNotFound();
  const { label, productId, serial, mac, rackId, unit, switchPortId } = lease.server;
  const place = { productId, serial, mac, rackId, unit: unit > 42 ? 1 : unit, height: 1, portId: switchPortId };
  const entry = await anEntry(place);
  const moved = { ...entry, portId: await aPort(), productId: (await aProduct({ listed: false })).id };
  const outcome = await changeServer(label, moved, act);
  assert.equal(outcome, { wrong: ['product', 'port'].map((field) => ({ field, problem: 'held' })) });
  assert.is((await Server.query().findOne({ label }))?.switchPortId, switchPortId);
  assert.is(await changeServer(label, { ...entry, serial: 'NEWBOARD1' }, act), 'saved');
});

entries.run();
