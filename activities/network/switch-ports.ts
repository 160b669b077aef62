import { ApplicationFailure } from '@temporalio/activity';
import type { Transaction } from 'objection';
import type { Sealer } from '../../gateways/sealing.js';
import { accessTo } from '../../gateways/switch/access.js';
import type { PortSettings, Switches } from '../../gateways/switch/switch.js';
import { AddressAssignment } from '../../models/network/address-assignment.js';
import { PortAssignment } from '../../models/network/port-assignment.js';
import { Vlan } from '../../models/network/vlan.js';
import { Server } from '../../models/servers/server.js';
import { Site } from '../../models/servers/site.js';
import { Service } from '../../models/services/service.js';
import { NoVlanLeft } from '../../workflows/messages/failures.js';
import { askedAt } from '../durable/clock.js';
import { withDevice } from '../durable/devices.js';
import type { OnMachine } from '../servers/power.js';
import { tellService } from '../servers/told.js';
import { provisioningOf, showingTrouble } from '../servers/trouble.js';

export interface SwitchPortDeps {
  readonly switches: Switches;
  readonly sealer: Sealer;
}

/** Where every port of a bridge is before anybody gave it a place (IEEE 802.1Q §6.9). */
const DEFAULT_VLAN = 1;

export type SwitchPortActivities = ReturnType<typeof createSwitchPortActivities>;

export function createSwitchPortActivities({ switches, sealer }: SwitchPortDeps) {
  /** Sets the service's port and reads it back, one command a switch at a time. */
  async function configure({ serviceId, switchPort }: PortAssignment, settings: PortSettings): Promise<void> {
    const { device, ifIndex } = switchPort;
    const at = switches(accessTo(device, sealer));
    await showingTrouble(provisioningOf(serviceId), () =>
      withDevice(`switch:${device.id}`, () => at.configurePort(ifIndex, settings)),
    );
  }

  return {
    /** The port at the machine's cable, in the VLAN of its address or, with a block of one's own, in one of one's own. */
    async assignPort({ serviceId, serverId }: OnMachine): Promise<void> {
      const { switchPortId, rack } = await Server.query().findById(serverId).withGraphFetched('rack').throwIfNotFound();
      await PortAssignment.transaction(async (trx) => {
        const vlanId = await vlanFor(serviceId, rack.siteId, trx);
        await PortAssignment.take({ serviceId, switchPortId, vlanId }, askedAt(), trx);
      });
    },

    async unassignPort(serviceId: string): Promise<void> {
      await PortAssignment.release(serviceId, askedAt());
    },

    async openPort(serviceId: string): Promise<void> {
      const port = await heldBy(serviceId);
      if (!port) throw new RangeError('the service holds no port');
      const { slug } = await Service.query().findById(serviceId).throwIfNotFound();
      await configure(port, { up: true, vlan: port.vlan.number, alias: slug });
      const { device, name } = port.switchPort;
      await tellService(serviceId, 'server.port_opened', { port: `${device.name} ${name}` });
    },

    async closePort(serviceId: string): Promise<void> {
      const port = await heldBy(serviceId);
      if (port) await configure(port, { up: false, vlan: DEFAULT_VLAN, alias: '' });
    },
  };
}

function heldBy(serviceId: string) {
  return PortAssignment.query().modify('heldBy', serviceId).withGraphFetched('[vlan, switchPort.device]').first();
}

/** Of two services that need a VLAN of their own, the second looks after the first has taken its. */
async function vlanFor(serviceId: string, siteId: string, trx: Transaction): Promise<string> {
  const held = await AddressAssignment.query(trx).modify('heldBy', serviceId).withGraphFetched('prefix');
  const shared = held.find(({ role }) => role === 'primary')?.prefix.vlanId;
  if (shared) return shared;
  await Site.query(trx).findById(siteId).forUpdate();
  const free = await Vlan.query(trx).modify('freeFor', siteId).first();
  if (!free) throw ApplicationFailure.nonRetryable('no VLAN is left for a block of addresses', NoVlanLeft);
  return free.id;
}
