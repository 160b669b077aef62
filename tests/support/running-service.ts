import { Model } from 'objection';
import { createSwitchPortActivities } from '../../activities/network/switch-ports.js';
import { PortAssignment } from '../../models/network/port-assignment.js';
import { Vlan } from '../../models/network/vlan.js';
import type { Server } from '../../models/servers/server.js';
import type { Service } from '../../models/services/service.js';
import { until } from './hardware.js';
import { inServiceOf } from './inventory.js';
import { asActivity, type Workshop } from './workshop.js';

/** Handed over on this machine, which is on, with its port open. */
export async function aRunningService(workshop: Workshop, server: Server, since: Date): Promise<Service> {
  const { service } = await workshop.anOrder();
  await service.$query().patch({ status: 'active', activeAt: since });
  await Model.knex()('server_leases').where({ serviceId: service.id }).delete();
  await inServiceOf(service, server, since);
  await server.$query().patch({ status: 'in_service', statusSince: since });
  const vlan = await Vlan.query().findOne({ number: 100 }).throwIfNotFound();
  const assigned = { serviceId: service.id, switchPortId: server.switchPortId, vlanId: vlan.id };
  await PortAssignment.transaction((trx) => PortAssignment.take(assigned, since, trx));
  const { openPort } = createSwitchPortActivities(workshop.deps);
  await asActivity(() => openPort(service.id));
  await pressed(workshop, server, 'on');
  return service;
}

/** The machine behind a row of the workshop's inventory. */
export function pretendMachine({ servers, hardware }: Workshop, { id }: Server) {
  const found = hardware.machine(`r1-0${servers.findIndex((server) => server.id === id) + 1}`);
  if (!found) throw new Error('the workshop has no such machine');
  return found;
}

/** By hand, at the machine itself. */
export async function pressed(workshop: Workshop, server: Server, button: 'on' | 'off'): Promise<void> {
  const machine = pretendMachine(workshop, server);
  machine.press(button);
  const there = () =>
    button === 'off' ? machine.state.stage === 'off' : !['off', 'starting'].includes(machine.state.stage);
  await until(there);
}
