import { BmcUnreachable } from '../../gateways/bmc/bmc.js';
import { createSealer } from '../../gateways/sealing.js';
import { SwitchUnreachable } from '../../gateways/switch/switch.js';

/** For tests that need no machines: every device is silent, and nobody answers under any address. */
export const absentHardware = {
  bmcs: () => {
    throw new BmcUnreachable('there are no machines in this test');
  },
  switches: () => {
    throw new SwitchUnreachable('there are no switches in this test');
  },
  probe: { answers: async () => undefined },
  sealer: createSealer(Buffer.alloc(32, 7)),
};
