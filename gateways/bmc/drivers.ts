import type { Bmcs } from './bmc.js';
import { createIpmiBmc } from './ipmi.js';
import type { IpmiOptions } from './ipmi-call.js';
import { createRedfishBmc } from './redfish.js';
import type { RedfishOptions } from './redfish-call.js';

/** Every machine's service processor, by the language that it speaks. */
export function createBmcs(options: RedfishOptions & IpmiOptions = {}): Bmcs {
  return (access) => (access.driver === 'ipmi' ? createIpmiBmc(access, options) : createRedfishBmc(access, options));
}
