import { spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { machineList } from '../../dev/machines/machine-list.js';
import { CIPHER_SUITE, startServiceProcessor } from '../../dev/metal/service-processor.js';
import type { BmcAccess } from '../../gateways/bmc/bmc.js';
import { machinePapers, openHardware } from './hardware.js';
import { Portal } from './portal.js';
import { freeUdpPort } from './ports.js';

/** A machine behind a service processor, as a contract looks at it from the other side. */
export interface BmcBench {
  readonly serial: string;
  readonly access: BmcAccess;
  /** Where nobody listens. */
  readonly nowhere: string;
  /** How often its firmware began, how often it asked the network for something to boot, how often it lost its power. */
  seen(): Seen;
  discard(): Promise<void>;
}

export interface Seen {
  readonly starts: number;
  readonly netboots: number;
  readonly losses: number;
}

export interface BmcKind {
  readonly name: string;
  /** What this machine lacks for it. */
  readonly missing?: string | undefined;
  open(): Promise<BmcBench>;
}

export const redfishBench: BmcKind = {
  name: 'Redfish, pretend machines',
  async open() {
    const portal = await new Portal().open();
    portal.orders = false;
    const hardware = await openHardware({ netbootUrl: portal.url });
    const machine = hardware.machine('r1-01');
    return {
      serial: 'NQ-SN-01',
      access: hardware.access('r1-01'),
      nowhere: 'http://127.0.0.1:9/redfish/v1/Systems/r1-01',
      seen() {
        const { log = [], starts = 0 } = machine?.state ?? {};
        const losses = log.filter(({ message }) => message === 'Power state: Off').length;
        const netboots = portal.calls.filter(({ path }) => path === '/netboot/boot.ipxe').length;
        return { starts, netboots, losses };
      },
      async discard() {
        await hardware.discard();
        await portal.close();
      },
    };
  },
};

const lacking = ['ipmi_sim', 'ipmitool'].filter((program) => spawnSync('which', [program]).status !== 0);

/** A machine that is nothing but its power: what its service processor's buttons do is counted. */
export const ipmiBench: BmcKind = {
  name: 'IPMI, ipmi_sim',
  missing: lacking.length > 0 ? `there is no ${lacking.join(' and no ')} here` : undefined,
  async open() {
    const folder = await mkdtemp(join(tmpdir(), 'ipmi-'));
    const [papers] = machineList.parse([machinePapers(1, { password: 'BMC-password-01' })]);
    if (!papers) throw new Error('no papers');
    const [port, consolePort] = [await freeUdpPort(), 9];
    const seen = { starts: 0, netboots: 0, losses: 0 };
    const processor = await startServiceProcessor({
      papers,
      folder,
      port,
      consolePort,
      press(button) {
        if (button === 'off') seen.losses += 1;
        else {
          seen.starts += 1;
          if (processor.takeBootDevice() === 'network') seen.netboots += 1;
        }
        processor.showPower(button !== 'off');
      },
    });
    const { username, password, serial } = papers;
    const address = `127.0.0.1:${port}`;
    return {
      serial,
      access: { driver: 'ipmi', address, username, password, cipherSuite: CIPHER_SUITE },
      nowhere: '127.0.0.1:9',
      seen: () => seen,
      async discard() {
        await processor.stop();
        await rm(folder, { recursive: true, force: true });
      },
    };
  },
};
