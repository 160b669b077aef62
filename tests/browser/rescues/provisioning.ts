import * as assert from 'uvu/assert';
import { Refund } from '../../../models/billing/refund.js';
import { Order } from '../../../models/orders/order.js';
import { RootPassword } from '../../../models/servers/root-password.js';
import { Server } from '../../../models/servers/server.js';
import { countHoldings } from '../../../models/services/holdings.js';
import { order as orderContract } from '../../../workflows/messages/order.js';
import { serverProvisioning } from '../../../workflows/messages/server-provisioning.js';
import type { Step } from '../../faults/matrix/cell.js';
import type { House } from '../../faults/matrix/house/house.js';
import { anOrderOfHardware } from '../../faults/matrix/stories/delivered-orders.js';
import { assertHandedOver, clearTheHall, leasedFor, machineOf } from '../../faults/matrix/stories/machines.js';
import type { Ordered } from '../../faults/matrix/stories/orders.js';
import { click } from '../../faults/matrix/stories/paying.js';
import { type Decided, rescue } from './rescue.js';

interface Building extends Ordered {
  readonly workflowId: string;
  readonly endOf: string;
  /** The machine that was held for it first. */
  readonly first: Server;
}

/** A call of an activity, by its place among the calls of the same. */
type Refused = readonly [step: Step, call?: number];

/** Steps back from a machine, last done first; its power was switched off once before, to start from the network. */
const machineBack: readonly Refused[] = [
  ['abandonInstallation'],
  ['powerOff', 1],
  ['closePort'],
  ['unassignPort'],
  ['releaseServer'],
];
const away: readonly Refused[] = [['setNetworkBoot'], ...machineBack];

function all(answer: Decided[1]): readonly Decided[] {
  return machineBack.map(([step]) => [step, answer]);
}

export const provisioningRescues = [
  rescue({
    name: '[SVC-10] whatever stops on the way to a server is tried again until it is handed over, on the fourth machine',
    reads: [/address blocks of the site are full/],
    decided: [
      ['assignAddresses', 'retry'],
      ['assignPort', 'retry'],
      ['controlMachine', 'retry'],
      ['controlMachine', 'skip'],
      ...all('retry'),
      ['reserveServer', 'retry'],
      ['controlMachine', 'skip'],
      ['controlMachine', 'skip'],
      ['tryAnotherMachine', 'retry'],
    ],
    begin: (house) =>
      paid(house, [
        ['assignAddresses'],
        ['assignPort'],
        ['checkMachine'],
        ['checkMachine', 2],
        ['checkMachine', 3],
        ...away,
      ]),
    before: { 9: putIntoStock },
    async end(house, building) {
      await assertHandedOver(house, building.service);
      await assertSetAside(building.first);
      assert.is(await Server.query().where({ status: 'failed_provisioning' }).resultSize(), 3);
    },
  }),
  rescue({
    name: '[SVC-10] a machine is left with all that it holds, and the server is handed over on another',
    decided: [['controlMachine', 'skip'], ...all('skip')],
    begin: (house) => paid(house, away, { stock: true }),
    async end(house, { service, first }) {
      await assertHandedOver(house, service);
      await assertSetAside(first);
      byHand(house, first);
    },
  }),
  rescue({
    name: '[BIL-05] a server is given up at its machine: what goes back goes back, the money too',
    decided: [
      ['controlMachine', 'cancel'],
      ['abandonInstallation', 'cancel'],
      ['powerOff', 'cancel'],
      ['forgetRootPassword', 'retry'],
      ['forgetRootPassword', 'cancel'],
      ['closePort', 'cancel'],
      ['unassignPort', 'cancel'],
      ['unassignAddresses', 'retry'],
      ['unassignAddresses', 'cancel'],
      ['releaseServer', 'cancel'],
    ],
    begin: (house) =>
      paid(house, [
        ...away,
        ['forgetRootPassword'],
        ['forgetRootPassword', 1],
        ['unassignAddresses'],
        ['unassignAddresses', 1],
      ]),
    async end(house, building) {
      byHand(house, building.first);
      await assertPaidBack(building);
      assert.ok(await RootPassword.query().findById(building.service.id), 'until it is old');
    },
  }),
  rescue({
    name: '[BIL-05] a server is given up where no machine is left in place of one that failed: the money goes back',
    decided: [
      ['controlMachine', 'skip'],
      ['reserveServer', 'cancel'],
      ['forgetRootPassword', 'skip'],
      ['unassignAddresses', 'skip'],
    ],
    begin: (house) => paid(house, [['setNetworkBoot'], ['forgetRootPassword'], ['unassignAddresses']]),
    end: (_, building) => assertPaidBack(building),
  }),
  rescue({
    name: '[BIL-05] a server is given up after three machines: the money goes back',
    decided: [
      ['controlMachine', 'skip'],
      ['controlMachine', 'skip'],
      ['controlMachine', 'skip'],
      ['tryAnotherMachine', 'cancel'],
    ],
    begin: (house) => paid(house, [['checkMachine'], ['checkMachine', 1], ['checkMachine', 2]], { stock: true }),
    end: (_, building) => assertPaidBack(building),
  }),
  ...(['assignAddresses', 'assignPort'] as const).map((step) =>
    rescue({
      name: `[BIL-05] a server is given up at ${step}: the machine goes back to stock, and the money back`,
      decided: [[step, 'cancel']],
      begin: (house) => paid(house, [[step]]),
      async end(_, building) {
        await assertPaidBack(building);
        assert.is((await building.first.$query()).status, 'ready');
      },
    }),
  ),
];

/** An order paid by card; beyond its own machine the stock is empty, unless it is said to be full. */
async function paid(house: House, refused: readonly Refused[], { stock = false } = {}): Promise<Building> {
  await clearTheHall(house);
  const ordered = await anOrderOfHardware(house);
  const { order, service, invoice, card } = ordered;
  const first = await leasedFor(service);
  if (!stock) await Server.query().whereNot({ id: first.id }).patch({ status: 'quarantined' });
  const workflowId = serverProvisioning.workflowId({ serviceId: service.id });
  for (const [step, call] of refused) house.refuseOnce(workflowId, step, call);
  await house.start(orderContract, { orderId: order.id });
  await house.clock.during(() => click(house, invoice.id, card));
  return { ...ordered, first, workflowId, endOf: orderContract.workflowId({ orderId: order.id }) };
}

async function putIntoStock(): Promise<void> {
  await Server.query().where({ status: 'quarantined' }).patch({ status: 'ready' });
}

async function assertSetAside(server: Server): Promise<void> {
  const { status, statusReason } = await server.$query();
  assert.is(status, 'failed_provisioning');
  assert.match(statusReason ?? '', /left_aside/);
}

/** What staff said they would see to: the port closed, the machine switched off. */
function byHand(house: House, server: Server): void {
  const port = house.workshop.portOf(server);
  assert.is(port?.up, true, 'nobody closed it yet');
  Object.assign(port ?? {}, { up: false, alias: '' });
  machineOf(house, server.id).press('off');
}

async function assertPaidBack({ order, invoice, service }: Ordered): Promise<void> {
  assert.is((await Order.query().findById(order.id))?.status, 'refunded');
  assert.is((await service.$query()).status, 'abandoned');
  assert.is(await countHoldings(service.id, new Date()), 0);
  const refunds = await Refund.query().modify('of', invoice.id);
  assert.equal(
    refunds.map(({ status, amountMinor }) => [status, amountMinor]),
    [['succeeded', invoice.totalMinor]],
  );
  assert.is(await Server.query().whereIn('status', ['leased', 'provisioning']).resultSize(), 0);
}
