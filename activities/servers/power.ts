import { sleep } from '@temporalio/activity';
import { type Bmc, BmcRefused, BmcUnreachable, type PowerState } from '../../gateways/bmc/bmc.js';
import { PowerReading } from '../../models/servers/power-reading.js';
import type { Server } from '../../models/servers/server.js';
import type { MachineFailure } from '../../rules/servers/machine-failures.js';
import { askedAt } from '../durable/clock.js';
import { type MachineDeps, withBmc } from './machines.js';
import { provisioningOf, showingTrouble } from './trouble.js';

/** How long a machine is watched after a command, and how often. */
export interface Pace {
  readonly everyMs: number;
  readonly withinMs: number;
}

export interface PowerDeps extends MachineDeps {
  readonly pace?: Pace;
}

export interface OnMachine {
  readonly serviceId: string;
  readonly serverId: string;
}

/** Whether the machine is fit to go on with; `detail` is what it said instead. */
export type Verdict =
  | { readonly fit: true }
  | { readonly fit: false; readonly failure: MachineFailure; readonly detail: string };

export const usualPace: Pace = { everyMs: 1_000, withinMs: 60_000 };
const fit: Verdict = { fit: true };

export type PowerActivities = ReturnType<typeof createPowerActivities>;

export function createPowerActivities({ pace = usualPace, ...deps }: PowerDeps) {
  /** A refusal is the machine's failure; silence is tried again, and then for staff: it may be the whole network's. */
  const asked = ({ serviceId, serverId }: OnMachine, work: (bmc: Bmc, server: Server) => Promise<Verdict>) =>
    showingTrouble(provisioningOf(serviceId), async () => {
      try {
        return await withBmc(deps, serverId, work);
      } catch (error) {
        if (!(error instanceof BmcRefused)) throw error;
        return { fit: false, failure: 'bmc_refused', detail: error.message } as const;
      }
    });

  async function reaches(bmc: Bmc, { id }: Server, wanted: PowerState): Promise<boolean> {
    const until = Date.now() + pace.withinMs;
    while ((await bmc.powerState()) !== wanted) {
      if (Date.now() > until) return false;
      await sleep(pace.everyMs);
    }
    await PowerReading.note(id, wanted, askedAt());
    return true;
  }

  return {
    /** Before anything that cannot be undone: a service processor may answer for another machine. */
    checkMachine: (on: OnMachine): Promise<Verdict> =>
      asked(on, async (bmc, { serial }) => {
        const found = await bmc.serial();
        return found === serial ? fit : { fit: false, failure: 'wrong_serial', detail: `${found}, not ${serial}` };
      }),

    /** Off is reached or the attempt fails: an ambiguous answer is cleared up by reading the state, never by a second push. */
    powerOff: ({ serviceId, serverId }: OnMachine): Promise<Verdict> =>
      showingTrouble(provisioningOf(serviceId), () =>
        withBmc(deps, serverId, async (bmc, server) => {
          if ((await bmc.powerState()) === 'on') await bmc.powerOff();
          if (await reaches(bmc, server, 'off')) return fit;
          throw new BmcUnreachable('the machine was switched off and is still on');
        }),
      ),

    /** A machine that is said to be on and stays off has failed. */
    powerOn: (on: OnMachine): Promise<Verdict> =>
      asked(on, async (bmc, server) => {
        await bmc.powerOn();
        if (await reaches(bmc, server, 'on')) return fit;
        return { fit: false, failure: 'did_not_start', detail: 'switched on, and still off' };
      }),

    setNetworkBoot: (on: OnMachine): Promise<Verdict> =>
      asked(on, async (bmc) => {
        await bmc.bootFromNetworkOnce();
        return fit;
      }),

    setDiskBoot: (on: OnMachine): Promise<Verdict> =>
      asked(on, async (bmc) => {
        await bmc.bootFromDisk();
        return fit;
      }),
  };
}
