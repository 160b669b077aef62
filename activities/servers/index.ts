import { createAccessTokens } from '../../gateways/access-tokens.js';
import { createAddressActivities } from '../network/addresses.js';
import { createSwitchPortActivities, type SwitchPortDeps } from '../network/switch-ports.js';
import { createHandoverActivities, type HandoverDeps } from './handover.js';
import { createInstallationActivities, type InstallationDeps } from './installations.js';
import { createPowerActivities } from './power.js';
import { createPowerCommandActivities } from './power-commands.js';
import { createReservationActivities } from './reservations.js';
import { createRootPasswordActivities } from './root-passwords.js';

export type ProvisioningDeps = SwitchPortDeps &
  Omit<InstallationDeps & HandoverDeps, 'tokens'> & {
    /** Signs the tokens of installers and of the letter that hands a server over. */
    readonly linkKey: string;
  };

export type ProvisioningActivities = ReturnType<typeof createProvisioningActivities>;

/** All that it takes to make a server of a machine, and to switch it afterwards. */
export function createProvisioningActivities({ linkKey, ...given }: ProvisioningDeps) {
  const deps = { ...given, tokens: createAccessTokens(linkKey) };
  return {
    ...createReservationActivities(),
    ...createAddressActivities(),
    ...createSwitchPortActivities(deps),
    ...createPowerActivities(deps),
    ...createPowerCommandActivities(deps),
    ...createInstallationActivities(deps),
    ...createHandoverActivities(deps),
    ...createRootPasswordActivities(),
  };
}
