import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SwitchUnreachable } from '../../gateways/switch/switch.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { PortAssignment } from '../../models/network/port-assignment.js';
import { ReverseName } from '../../models/network/reverse-name.js';
import type { Service } from '../../models/services/service.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { asActivity, openWorkshop, type Workshop } from '../../tests/support/workshop.js';
import { createReservationActivities } from '../servers/reservations.js';
import { createAddressActivities } from './addresses.js';
import { createSwitchPortActivities, type SwitchPortActivities } from './switch-ports.js';

const network = suite('[SVC-10] addresses and switch port');
const { reserveServer, releaseServer } = createReservationActivities();
const { assignAddresses, unassignAddresses } = createAddressActivities();
let database: { close: () => Promise<void> };
let workshop: Workshop;
let ports: SwitchPortActivities;

network.before(async () => {
  database = await openDatabase();
  workshop = await openWorkshop();
  ports = createSwitchPortActivities(workshop.deps);
});
network.after(async () => {
  await workshop.close();
  await database.close();
});

async function reserved(line = {}) {
  const { service } = await workshop.anOrder(line);
  const { serverId } = await asActivity(() => reserveServer(service.id));
  const on = { serviceId: service.id, serverId };
  const port = () => workshop.portOf({ id: serverId });
  const free = async () => {
    await asActivity(() => ports.closePort(service.id));
    await asActivity(() => ports.unassignPort(service.id));
    await asActivity(() => unassignAddresses(service.id));
    await asActivity(() => releaseServer(service.id));
  };
  return { service, on, port, free };
}

async function held({ id }: Service) {
  const blocks = await AddressAssignment.query().modify('heldBy', id);
  return blocks.map(({ block, role }) => `${role} ${block}`);
}

network('are given once, however often they are asked for, and named', async () => {
  const { service, on, free } = await reserved();
  const at = new Date();
  for (let tried = 1; tried <= 2; tried++) await asActivity(() => assignAddresses(on), at);
  const [ipv4 = '', ipv6 = ''] = await held(service);
  assert.match(ipv4, /^primary 198\.18\.0\.\d+$/);
  assert.match(ipv6, /^ipv6 2001:db8:4a:.*\/64$/);
  const name = await ReverseName.query().findOne({ serviceId: service.id });
  assert.equal([name?.hostName, `primary ${name?.address}`], [service.hostName, ipv4]);
  const told = await TimelineEntry.query().where({ subjectId: service.id, event: 'server.addresses_assigned' });
  assert.is(told.length, 1);
  await free();
  assert.equal(await held(service), []);
  assert.is(await ReverseName.query().where({ serviceId: service.id }).resultSize(), 0);
});

network('the port comes up in the shared VLAN under the service’s name, and goes down again', async () => {
  const { service, on, port, free } = await reserved();
  await asActivity(() => assignAddresses(on));
  await asActivity(() => ports.assignPort(on));
  for (let tried = 1; tried <= 2; tried++) await asActivity(() => ports.openPort(service.id));
  assert.equal([port()?.up, port()?.pvid, port()?.alias], [true, 100, service.slug]);
  for (let tried = 1; tried <= 2; tried++) await asActivity(() => ports.closePort(service.id));
  assert.equal([port()?.up, port()?.pvid, port()?.alias], [false, 1, '']);
  await free();
  assert.is(await PortAssignment.query().modify('heldBy', service.id).resultSize(), 0);
});

network('the port of the machine that a service has now takes the place of one that was left booked', async () => {
  const { service, on, free } = await reserved();
  await asActivity(() => assignAddresses(on));
  await asActivity(() => ports.assignPort(on));
  await asActivity(() => releaseServer(service.id));
  const other = workshop.servers.find(({ id }) => id !== on.serverId);
  const next = { serviceId: service.id, serverId: other?.id ?? '' };
  for (let tried = 1; tried <= 2; tried++) await asActivity(() => ports.assignPort(next));
  const booked = await PortAssignment.query().modify('heldBy', service.id);
  assert.equal(
    booked.map(({ switchPortId }) => switchPortId),
    [other?.switchPortId],
  );
  await free();
});

network('a block of one’s own goes into a VLAN of one’s own; where none is left, staff must know', async () => {
  const first = await reserved({ ipv4PrefixLength: 29 });
  await asActivity(() => assignAddresses(first.on));
  await asActivity(() => ports.assignPort(first.on));
  await asActivity(() => ports.openPort(first.service.id));
  assert.match((await held(first.service))[0] ?? '', /^routed 198\.19\.0\.\d+\/29$/);
  assert.is(first.port()?.pvid, 2001);

  const second = await reserved({ ipv4PrefixLength: 29 });
  await asActivity(() => assignAddresses(second.on));
  assert.match(String(await failureOf(asActivity(() => ports.assignPort(second.on)))), 'no VLAN is left');
  await first.free();
  await asActivity(() => ports.assignPort(second.on));
  await second.free();
});

network('a switch that does not answer is tried again later', async () => {
  const { service, on, free } = await reserved();
  await asActivity(() => assignAddresses(on));
  await asActivity(() => ports.assignPort(on));
  workshop.switches.faults.set('sw-c07-a', { step: 'request', kind: 'silent' });
  assert.instance(await failureOf(asActivity(() => ports.openPort(service.id))), SwitchUnreachable);
  workshop.switches.faults.clear('sw-c07-a');
  await asActivity(() => ports.openPort(service.id));
  await free();
});

network('giving back what was never taken does nothing', async () => {
  const { free } = await reserved();
  await free();
  await free();
});

network.run();
