import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Faults } from '../faults.js';
import type { Metal } from '../metal/metal.js';
import { StateFile } from '../state-file.js';
import { createCable } from './cable.js';
import { controlOf } from './control.js';
import { Machine } from './machine.js';
import { type MachineList, machineList, type NetworkList } from './machine-list.js';
import { freshMachine } from './machine-state.js';
import { createProxy } from './proxy.js';
import { redfishService } from './redfish/service.js';
import { startTraffic } from './traffic.js';

export interface MachinesOptions {
  readonly machines: MachineList;
  /** Folder for what the machines remember. */
  readonly data: string;
  /** Where machines that boot from the network ask, without a slash at its end. */
  readonly netbootUrl: string;
  readonly port?: number;
  /** Control address of the pretend switches; absent: every machine has a link. */
  readonly switchesUrl?: string;
  readonly networks?: NetworkList;
  /** A machine beside them that does not pretend. */
  readonly metal?: Metal | undefined;
  readonly speed?: number;
  readonly random?: () => number;
  readonly now?: () => Date;
}

/** Pretend machines: their service processors, the way to their addresses, and what they can be told, on one port. */
export async function createMachines({
  machines: list,
  data,
  netbootUrl,
  port = 0,
  switchesUrl,
  networks = [],
  metal,
  speed = 1,
  random = Math.random,
  now = () => new Date(),
}: MachinesOptions) {
  const faults = new Faults();
  const cable = createCable(switchesUrl);
  const machines = machineList.parse(list).map((known) => {
    const file = StateFile.open(join(data, `${known.id}.json`), () => freshMachine(known));
    return new Machine(known, file, { netbootUrl, cable, faults, speed, random, now });
  });

  const control = controlOf(machines, faults, metal);
  const redfish = redfishService(machines, faults, now);
  const proxy = createProxy(machines, { cable, networks, faults, beyond: metal?.answer });
  const server = createServer((request, response) => {
    if (request.url?.startsWith('http://')) void proxy(request, response);
    else if (request.url?.startsWith('/redfish')) redfish(request, response);
    else control(request, response);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  for (const machine of machines) machine.wake();
  const stopTraffic = startTraffic(machines, cable, now);

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    faults,
    machine: (id: string) => machines.find(({ known }) => known.id === id),
    async close(): Promise<void> {
      stopTraffic();
      for (const machine of machines) machine.sleep();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
