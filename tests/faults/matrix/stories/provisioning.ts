import * as assert from 'uvu/assert';
import { Invoice } from '../../../../models/billing/invoice.js';
import { Payment } from '../../../../models/billing/payment.js';
import { ProcessStart } from '../../../../models/durable/process-start.js';
import { Order } from '../../../../models/orders/order.js';
import { Installation } from '../../../../models/servers/installation.js';
import { RootPassword } from '../../../../models/servers/root-password.js';
import { Server } from '../../../../models/servers/server.js';
import { ServerLease } from '../../../../models/servers/server-lease.js';
import { countHoldings } from '../../../../models/services/holdings.js';
import { Service } from '../../../../models/services/service.js';
import { TimelineEntry } from '../../../../models/timeline-entry.js';
import { provisioningUnwanted, serverProvisioning } from '../../../../workflows/messages/server-provisioning.js';
import type { House } from '../house/house.js';
import { assertHandedOver, leasedFor, machineOf } from './machines.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

const MINUTE = 60_000;

export interface Prepared {
  readonly service: Service;
}

const about = {
  process: 'serverProvisioning',
  features: ['WFL-01', 'WFL-03', 'WFL-06'],
  groups: ['F1', 'F13'],
  workflowId: ({ service }: Prepared) => serverProvisioning.workflowId({ serviceId: service.id }),
  arrange: aPaidOrder,
} as const;

const handedOver: Story<Prepared> = {
  ...about,
  way: 'from the lease to the letter',
  steps: [
    ...(['beginProvisioning', 'enterStep', 'reserveServer', 'assignAddresses', 'assignPort', 'openPort'] as const),
    ...(['checkMachine', 'prepareInstallation', 'powerOff', 'setNetworkBoot', 'powerOn', 'tellProgress'] as const),
    ...(['setDiskBoot', 'verifyServer', 'handOver', 'sendWelcome', 'leaveStep'] as const),
  ],
  forStaff: [
    ...(['assignAddresses', 'assignPort', 'openPort', 'checkMachine'] as const),
    ...(['powerOff', 'setNetworkBoot', 'powerOn', 'setDiskBoot'] as const),
  ],
  tell: delivered,
};

const laidBeforeStaff: Story<Prepared> = {
  ...about,
  features: ['STF-07', 'WFL-03'],
  way: 'the switch refuses, and staff have it tried again',
  steps: ['openStaffTask', 'closeStaffTask'],
  async arrange(house) {
    const prepared = await aPaidOrder(house);
    house.refuseOnce(about.workflowId(prepared), 'openPort');
    return prepared;
  },
  tell: delivered,
};

const replaced: Story<Prepared> = {
  ...about,
  groups: ['F1', 'F13', 'F15'],
  way: 'a service processor answers for another machine',
  steps: ['setServerAside'],
  async arrange(house) {
    const prepared = await aPaidOrder(house);
    await breakMachine(house, prepared, { step: 'bmc', kind: 'wrong' });
    return prepared;
  },
  tell: delivered,
};

const installedSlowly: Story<Prepared> = {
  ...about,
  way: 'the installer takes its time',
  steps: ['lookAtInstallation'],
  async arrange(house) {
    const prepared = await aPaidOrder(house);
    await breakMachine(house, prepared, { step: 'installed', kind: 'slow', times: 1, delayMs: 17_000 });
    return prepared;
  },
  tell: delivered,
};

const answersLate: Story<Prepared> = {
  ...about,
  way: 'the new server answers late',
  steps: ['tellProblem'],
  async arrange(house) {
    const prepared = await aPaidOrder(house);
    await breakMachine(house, prepared, { step: 'answer', kind: 'silent' });
    return prepared;
  },
  async tell(house, prepared) {
    const machine = machineOf(house, (await leasedFor(prepared.service)).id);
    const complained = async () => house.usualCalls(about.workflowId(prepared), 'tellProblem').length > 0;
    const seen = house.clock.until('somebody complains', complained);
    const cured = seen.then(() => house.workshop.hardware.faults.clear(machine.known.id));
    const [end] = await Promise.all([delivered(house, prepared), cured]);
    return end;
  },
};

const unwanted: Story<Prepared> = {
  ...about,
  groups: ['F1', 'F13', 'F17'],
  way: 'the customer changes their mind before the installer begins',
  steps: [
    ...(['withdrawInstallation', 'abandonInstallation', 'closePort', 'unassignPort', 'unassignAddresses'] as const),
    ...(['releaseServer', 'forgetRootPassword'] as const),
  ],
  forStaff: [
    'abandonInstallation',
    'closePort',
    'unassignPort',
    'unassignAddresses',
    'releaseServer',
    'forgetRootPassword',
  ],
  async arrange(house) {
    const prepared = await aPaidOrder(house);
    await breakMachine(house, prepared, { step: 'netboot', kind: 'dead' });
    return prepared;
  },
  async tell(house, { service }) {
    const subject = { serviceId: service.id };
    const server = await leasedFor(service);
    await house.start(serverProvisioning, subject);
    const started = TimelineEntry.query().where({ subjectId: service.id, event: 'server.started' });
    await house.clock.until('the machine was started', async () => (await started.clone().resultSize()) > 0);
    await house.processes.signal(serverProvisioning, subject, provisioningUnwanted);
    const { result, asked } = await house.ended(serverProvisioning, subject);
    assert.equal(result, { outcome: 'cancelled' });
    assert.is(await countHoldings(service.id, new Date()), 0);
    assert.is(await RootPassword.query().findById(service.id), undefined);
    assert.is(await Installation.query().modify('open').where({ serviceId: service.id }).resultSize(), 0);
    assert.is(house.workshop.portOf(server)?.up, false);
    assert.is(machineOf(house, server.id).state.stage, 'off');
    return told('everything undone, nothing held', asked);
  },
};

export const provisioningCells = [
  ...[handedOver, laidBeforeStaff, replaced, installedSlowly, answersLate, unwanted].flatMap(cellsOf),
  conflictCellOf(handedOver),
];

async function delivered(house: House, { service }: Prepared): Promise<string> {
  const subject = { serviceId: service.id };
  await house.start(serverProvisioning, subject);
  const { result, asked } = await house.ended(serverProvisioning, subject);
  assert.equal(result, { outcome: 'active' });
  return told(await assertHandedOver(house, service), asked);
}

let ordered = 0;

/** An order that came as far as its provisioning. */
export async function aPaidOrder(house: House): Promise<Prepared> {
  const at = new Date(Date.now() - MINUTE);
  const { service, order } = await house.workshop.anOrder({ hostName: `web-${++ordered}.example.org`, placedAt: at });
  const invoice = await Invoice.query().findOne({ orderId: order.id }).throwIfNotFound();
  const receipt = { invoiceId: invoice.id, method: 'transfer', amount: invoice.total, reference: 'r', at } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
  await Order.query().findById(order.id).patch({ status: 'preparing' });
  await Service.query().findById(service.id).patch({ status: 'preparing' });
  await ProcessStart.markStarted(`order:${order.id}`, at);
  return { service };
}

/** On a machine that is on; nobody has cabled it up. */
export async function aRunningService(house: House): Promise<Prepared & { server: Server }> {
  const { service } = await aPaidOrder(house);
  await Service.query().findById(service.id).patch({ status: 'active', activeAt: new Date() });
  const line = service.$relatedQuery('orderLine').select('orderId');
  await Order.query().where('id', line).patch({ status: 'active' });
  const server = await leasedFor(service);
  const lease = await ServerLease.query().findOne({ serviceId: service.id }).throwIfNotFound();
  await ServerLease.transaction((trx) => lease.confirm(trx));
  await Server.query().findById(server.id).patch({ status: 'in_service' });
  const machine = machineOf(house, server.id);
  machine.press('on');
  await house.clock.until('the machine is on', async () => ['halted', 'running'].includes(machine.state.stage)); // with an empty disk or a system
  return { service, server };
}

type Fault = Parameters<House['workshop']['hardware']['faults']['set']>[1];

async function breakMachine(house: House, { service }: Prepared, fault: Fault): Promise<void> {
  const machine = machineOf(house, (await leasedFor(service)).id);
  house.workshop.hardware.faults.set(machine.known.id, fault);
}
