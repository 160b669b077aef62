import type { InstallationAnswers } from '../../gateways/netboot/netboot.js';
import type { AddressAssignment } from '../../models/network/address-assignment.js';
import type { RootPassword } from '../../models/servers/root-password.js';
import type { Service } from '../../models/services/service.js';
import { hostAddress } from '../../rules/network/host-addresses.js';

/** All that an installer must know of a service that was ordered. */
export function presentAnswers(
  { hostName, orderLine }: Service,
  held: readonly AddressAssignment[],
  { cryptHash }: RootPassword,
): InstallationAnswers {
  if (!orderLine) throw new RangeError(`${hostName} was never ordered`);
  const { system, sshKey } = orderLine;
  return {
    hostname: hostName,
    rootPasswordHash: cryptHash,
    sshKeys: (sshKey ?? '')
      .split('\n')
      .map((key) => key.trim())
      .filter((key) => key !== ''),
    system,
    addresses: held
      .map(hostAddress)
      .map(({ address, length, gateway }) => ({ address: `${address}/${length}`, gateway })),
  };
}
