import { PortAssignment } from '../../models/network/port-assignment.js';
import { Vlan } from '../../models/network/vlan.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import type { Service } from '../../models/services/service.js';

/** Connects a service to its machine's switch port in that time; answers the port. */
export async function onItsPort(service: Service, from: Date, to: Date | null = null): Promise<string> {
  const { server } = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphJoined('server')
    .throwIfNotFound();
  await connected(service, server.switchPortId, from, to);
  return server.switchPortId;
}

export async function connected(service: Service, switchPortId: string, from: Date, to: Date | null): Promise<void> {
  const { id: vlanId } = await Vlan.query().findOne({ purpose: 'shared' }).throwIfNotFound();
  const during = PortAssignment.raw('tstzrange(?, ?)', [from, to]) as unknown as string;
  await PortAssignment.query().insert({ switchPortId, vlanId, serviceId: service.id, during });
}
