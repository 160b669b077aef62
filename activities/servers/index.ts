import { createAddressActivities } from '../network/addresses.js';
import { createSwitchPortActivities, type SwitchPortDeps } from '../network/switch-ports.js';
import { createHandoverActivities, type HandoverDeps } from './handover.js';
import { createInstallationActivities, type InstallationDeps } from './installations.js';
import { createPowerActivities } from './power.js';
import { createReservationActivities } from './reservations.js';

export type ProvisioningDeps = SwitchPortDeps & InstallationDeps & HandoverDeps;

export type ProvisioningActivities = ReturnType<typeof createProvisioningActivities>;

/** All that it takes to make a server of a machine. */
export function createProvisioningActivities(deps: ProvisioningDeps) {
  return {
    ...createReservationActivities(),
    ...createAddressActivities(),
    ...createSwitchPortActivities(deps),
    ...createPowerActivities(deps),
    ...createInstallationActivities(deps),
    ...createHandoverActivities(deps),
  };
}
