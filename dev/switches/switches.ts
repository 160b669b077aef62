import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Faults } from '../faults.js';
import { StateFile } from '../state-file.js';
import { startAgent } from './agent.js';
import { controlOf } from './control.js';
import { Device, freshState } from './device.js';
import { type SwitchList, switchList } from './switch-list.js';

export interface SwitchesOptions {
  readonly switches: SwitchList;
  /** Folder for what the devices remember. */
  readonly data: string;
  /** UDP port of the first device; the following ones take the following ports. 0: a free one each. */
  readonly snmpPort?: number;
  readonly controlPort?: number;
  readonly now?: () => Date;
}

/** Pretend switches, each an SNMP agent on a port of its own, and one HTTP control for all of them. */
export async function createSwitches({
  switches,
  data,
  snmpPort = 0,
  controlPort = 0,
  now = () => new Date(),
}: SwitchesOptions) {
  const faults = new Faults();
  const running = new Map<string, { device: Device; port: number; close(): Promise<void> }>();
  for (const [index, known] of switchList.parse(switches).entries()) {
    const file = StateFile.open(join(data, `${known.name}.json`), () => freshState(known, now()));
    const device = new Device(known.name, file, now);
    const agent = await startAgent(known, device, faults, snmpPort && snmpPort + index);
    running.set(known.name, { device, ...agent });
  }
  const server = createServer(controlOf(running, faults)).listen(controlPort, '127.0.0.1');
  await once(server, 'listening');

  return {
    controlUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    snmpPorts: new Map([...running].map(([name, { port }]) => [name, port])),
    faults,
    device: (name: string) => running.get(name)?.device,
    async close(): Promise<void> {
      for (const { device, close } of running.values()) {
        await close();
        device.close();
      }
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
