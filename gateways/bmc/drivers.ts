import { BmcRefused, type Bmcs } from './bmc.js';
import { createRedfishBmc } from './redfish.js';
import type { RedfishOptions } from './redfish-call.js';

/** Every machine's service processor, by the language that it speaks. */
export function createBmcs(options: RedfishOptions = {}): Bmcs {
  return (access) => {
    if (access.driver === 'redfish') return createRedfishBmc(access, options);
    throw new BmcRefused(`${access.address} speaks IPMI, which has no driver yet: manage this machine by Redfish`);
  };
}
