import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MachineList, PretendMachine } from '../../dev/machines/machine-list.js';
import { createMachines, type MachinesOptions } from '../../dev/machines/machines.js';
import type { BmcAccess } from '../../gateways/bmc/bmc.js';
import { bequeath } from './last-will.js';

type Papers = MachineList[number];

/** A pretend machine's papers; the second one differs in all that must be its own. */
export function machinePapers(number: number, differing: Partial<Papers> = {}): Papers {
  const two = String(number).padStart(2, '0');
  return {
    id: `r1-${two}`,
    serial: `NQ-SN-${two}`,
    uuid: `00000000-0000-4000-8000-0000000000${two}`,
    mac: `52:54:00:aa:bb:${two}`,
    username: 'shop',
    password: `BMC password ${two}`,
    ...differing,
  };
}

export type Hardware = Awaited<ReturnType<typeof openHardware>>;

/** Two pretend machines in this process, fast, with what they remember in a folder that goes with them. */
export async function openHardware(options: Partial<MachinesOptions> = {}) {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'machines-')));
  const revoke = bequeath({ folder: data });
  const usual = { machines: [machinePapers(1), machinePapers(2)], netbootUrl: 'http://127.0.0.1:9', speed: 100 };
  const running = await createMachines({ ...usual, ...options, data });

  const known = (id: string): PretendMachine => {
    const machine = running.machine(id);
    if (!machine) throw new Error(`no machine ${id}`);
    return machine.known;
  };
  return {
    ...running,
    data,
    known,
    access(id: string, differing: Partial<BmcAccess> = {}): BmcAccess {
      const { username, password } = known(id);
      const address = `${running.url}/redfish/v1/Systems/${id}`;
      return { driver: 'redfish', address, username, password, ...differing };
    },
    async discard(): Promise<void> {
      await running.close();
      await rm(data, { recursive: true, force: true });
      revoke();
    },
  };
}

/** Waits for something that another part does in its own time. */
export async function until(fact: () => boolean | Promise<boolean>, withinMs = 5_000): Promise<void> {
  const end = Date.now() + withinMs;
  while (!(await fact())) {
    if (Date.now() > end) throw new Error(`not within ${withinMs} ms: ${fact}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
