import type { Bmc, BmcAccess, PowerState } from '../../gateways/bmc/bmc.js';

/** For tests whose machines come from `aServer` and only have to do as they are told: every one begins switched on. */
export function obedientMachines() {
  const power = new Map<string, PowerState>();

  function bmcs({ address }: BmcAccess): Bmc {
    const becomes = (state: PowerState) => async () => void power.set(address, state);
    return {
      serial: async () => `SERIAL${Number(labelOf(address).replace('S-', ''))}`,
      powerState: async () => power.get(address) ?? 'on',
      powerOn: becomes('on'),
      powerOff: becomes('off'),
      powerCycle: becomes('on'),
      reset: becomes('on'),
      bootFromNetworkOnce: async () => {},
      bootFromDisk: async () => {},
    };
  }

  return {
    bmcs,
    /** Labels of those that were switched off. */
    switchedOff: () => [...power].filter(([, state]) => state === 'off').map(([address]) => labelOf(address)),
  };
}

function labelOf(address: string): string {
  return address.split('/').at(-1) ?? '';
}
