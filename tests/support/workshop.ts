import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import express from 'express';
import { createSwitches } from '../../dev/switches/switches.js';
import { createBmcs } from '../../gateways/bmc/drivers.js';
import { createHttpProbe } from '../../gateways/probe/probe.js';
import type { Processes } from '../../gateways/processes.js';
import { createSealer } from '../../gateways/sealing.js';
import { createSnmpSwitches } from '../../gateways/switch/snmp.js';
import { SwitchPort } from '../../models/network/switch-port.js';
import type { Order } from '../../models/orders/order.js';
import { placeOrder } from '../../models/orders/order-placement.js';
import { Bmc } from '../../models/servers/bmc.js';
import type { Server } from '../../models/servers/server.js';
import { Service } from '../../models/services/service.js';
import { testApp } from './app.js';
import { aCustomer, aUser } from './builders.js';
import { machinePapers, openHardware } from './hardware.js';
import { aProduct, aServer, thePlace } from './inventory.js';
import { bequeath } from './last-will.js';
import { Mailbox } from './mailbox.js';
import { aPlacement } from './orders.js';
import { stubbedProcesses } from './stubbed-processes.js';
import { visit } from './visitor.js';

const SWITCH = 'sw-c07-a';
const FIRST_PORT = 10_101;
const linkKey = 'a key for tests';
const sealer = createSealer(Buffer.alloc(32, 7));

export type Workshop = Awaited<ReturnType<typeof openWorkshop>>;

/** Pretend machines at a pretend switch, the pages that they boot from, and one product that all of them are. */
export async function openWorkshop(
  processes: Processes = stubbedProcesses(),
  now: () => Date = () => new Date(),
  { machines = 3, speed = 100 } = {},
) {
  const numbers = Array.from({ length: machines }, (_, index) => index + 1);
  const folder = await mkdtemp(join(tmpdir(), 'workshop-'));
  const revoke = bequeath({ folder });
  const { switch: device } = await thePlace();
  const leaf = { name: SWITCH, community: 'private', vlans: [100, 2001], firstIfIndex: FIRST_PORT };
  const switches = await createSwitches({ switches: [leaf], data: folder });
  const port = switches.snmpPorts.get(SWITCH) ?? 0;
  await device.$query().patch({ port, communitySealed: sealer.seal('private') });

  const front = express();
  const visitor = await visit(front); // first, because machines are told where it listens
  front.use(testApp({ linkKey, sealer, netbootUrl: visitor.origin, processes, now }));
  const hardware = await openHardware({
    speed,
    machines: numbers.map((number) => machinePapers(number, { switchName: SWITCH, ifIndex: FIRST_PORT + number })),
    netbootUrl: visitor.origin,
    switchesUrl: switches.controlUrl,
    networks: [{ prefix: '198.18.0.0/16', vlan: 100 }],
  });
  const product = await aProduct({ name: 'Quay M4' });
  const servers: Server[] = [];
  for (const number of numbers) servers.push(await machineOfPapers(number));

  async function machineOfPapers(number: number): Promise<Server> {
    const { id, serial, mac, username, password } = machinePapers(number);
    const server = await aServer({ productId: product.id, serial, mac, label: `S-${number}`, unit: number });
    const address = `${hardware.url}/redfish/v1/Systems/${id}`;
    await Bmc.query()
      .where({ serverId: server.id })
      .patch({ address, username, passwordSealed: sealer.seal(password) });
    await SwitchPort.query()
      .findById(server.switchPortId)
      .patch({ ifIndex: FIRST_PORT + number });
    return server;
  }

  const customer = await aCustomer({ timeZone: 'Europe/Paris' });
  const user = await aUser(customer);
  const mailbox = new Mailbox();
  return {
    deps: {
      bmcs: createBmcs({ timeoutMs: 500 }),
      switches: createSnmpSwitches({ timeoutMs: 200, retries: 2 }),
      probe: createHttpProbe({ proxy: hardware.url, timeoutMs: 500 }),
      pace: { everyMs: 20, withinMs: 2_000 },
      ...{ sealer, mailer: mailbox, linkKey, shopUrl: 'https://shop.example' },
    },
    ...{ visitor, hardware, switches, servers, product, customer, user, mailbox },

    /** Placed now, with a machine held for half an hour. */
    async anOrder(line: Parameters<typeof aPlacement>[1] = {}): Promise<{ order: Order; service: Service }> {
      const order = await placeOrder(await aPlacement({ customer, user, product }, { placedAt: now(), ...line }));
      const service = await Service.query()
        .joinRelated('orderLine')
        .where('orderLine.orderId', order.id)
        .first()
        .throwIfNotFound();
      return { order, service };
    },

    /** As the switch has it. */
    portOf(server: Pick<Server, 'id'>) {
      const number = servers.findIndex(({ id }) => id === server.id) + 1;
      return switches.device(SWITCH)?.port(FIRST_PORT + number);
    },

    async close(): Promise<void> {
      await hardware.discard();
      await switches.close();
      await visitor.leave();
      await rm(folder, { recursive: true, force: true });
      revoke();
    },
  };
}

/** Runs an activity as a worker would, the first time it is tried, asked now. */
export function asActivity<Result>(act: () => Promise<Result>, at = new Date()): Promise<Result> {
  return new MockActivityEnvironment({ scheduledTimestampMs: at.getTime() }).run(act);
}
