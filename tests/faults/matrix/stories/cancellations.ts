import * as assert from 'uvu/assert';
import { createAddressActivities } from '../../../../activities/network/addresses.js';
import { createSwitchPortActivities } from '../../../../activities/network/switch-ports.js';
import { ProcessesUnavailable } from '../../../../gateways/processes.js';
import { AccountCredit } from '../../../../models/billing/account-credit.js';
import { Server } from '../../../../models/servers/server.js';
import { ServerLease } from '../../../../models/servers/server-lease.js';
import { countHoldings } from '../../../../models/services/holdings.js';
import { Service } from '../../../../models/services/service.js';
import type { ServiceCancellation } from '../../../../models/services/service-cancellation.js';
import { Subscription } from '../../../../models/services/subscription.js';
import { addDays, addMonths, dayAt, daysBetween } from '../../../../rules/calendar.js';
import type { CancellationStatus } from '../../../../rules/services/cancellation-status.js';
import {
  confirmCancellation,
  type ServiceCancellationResult,
  serviceCancellation,
  takeUpCancellation,
} from '../../../../workflows/messages/service-cancellation.js';
import { aCancellation, aCustomer, aService, aStaffMember } from '../../../support/builders.js';
import { asActivity } from '../../../support/workshop.js';
import type { Ended, House } from '../house/house.js';
import { machineOf } from './machines.js';
import { aRunningService } from './provisioning.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

interface Cancelled {
  readonly cancellation: ServiceCancellation;
  readonly service: Service;
  /** Of the month that is paid, what the days after today cost. */
  readonly unusedMinor: number;
}

const about = {
  process: 'serviceCancellation',
  features: ['WFL-04', 'WFL-06'],
  groups: ['F1', 'F13'],
  workflowId: ({ cancellation }: Pick<Cancelled, 'cancellation'>) =>
    serviceCancellation.workflowId({ cancellationId: cancellation.id }),
} as const;

const confirmed: Story<Cancelled> = {
  ...about,
  way: 'confirmed by the link, and ended at once, without a machine',
  steps: [
    ...(['sendConfirmationLink', 'setEndDate', 'suspendService', 'beginReturn'] as const),
    ...(['releaseHoldings', 'creditUnusedDays', 'sendOutcome'] as const),
  ],
  forStaff: ['suspendService', 'releaseHoldings'],
  arrange: aCancelledService,
  async tell(house, cancelled) {
    return insistOnItsEnd(house, cancelled, await endedOnceConfirmed(house, cancelled.cancellation));
  },
};

const laidBeforeStaff: Story<Cancelled> = {
  ...confirmed,
  features: ['STF-07', 'WFL-04'],
  way: 'it cannot be suspended, and staff have it tried again',
  steps: ['openStaffTask', 'closeStaffTask'],
  forStaff: [],
  async arrange(house) {
    const cancelled = await aCancelledService(house);
    house.refuseOnce(about.workflowId(cancelled), 'suspendService');
    return cancelled;
  },
};

/** Its state is written more often on this way than on any other. */
const restedAndTakenUp: Story<Cancelled> = {
  ...laidBeforeStaff,
  way: 'staff give a step up, it rests, and they take it up again',
  steps: ['recordStatus'],
  async tell(house, cancelled) {
    const subject = { cancellationId: cancelled.cancellation.id };
    await house.start(serviceCancellation, subject);
    await confirm(house, cancelled.cancellation);
    await house.decide(about.workflowId(cancelled), 'cancel');
    await house.clock.until('the step rests', () => isAt(cancelled, 'resting'));
    const { id: staffId } = await aStaffMember();
    const by = { staffId, address: '192.0.2.1' };
    await takenOn(house.processes.update(serviceCancellation, subject, takeUpCancellation, { by, note: 'mended' }));
    return insistOnItsEnd(house, cancelled, await house.ended(serviceCancellation, subject));
  },
};

interface Returned extends Omit<Cancelled, 'unusedMinor'> {
  readonly server: Server;
}

export const machineReturned: Story<Returned> = {
  ...about,
  groups: ['F1', 'F13', 'F15'],
  way: 'its machine is cut off, switched off and set aside',
  steps: ['closePort', 'checkMachine', 'powerOff'],
  forStaff: ['closePort', 'checkMachine', 'powerOff'],
  async arrange(house) {
    const { service, server } = await aRunningService(house);
    await cabledUp(house, service, server);
    const at = new Date();
    const today = dayAt(at, 'UTC');
    const paid = { anchoredOn: today, freeFromOn: today, periodMonths: 1, paidUntilOn: addMonths(today, 1) };
    const price = { priceMinor: 30_00, currency: 'EUR', noticeDays: 0, creditsUnusedTime: false };
    await Subscription.query().insert({ serviceId: service.id, ...paid, ...price });
    return { server, service, cancellation: await aCancellation(service, { requestedOn: today, requestedAt: at }) };
  },
  async tell(house, { cancellation, service, server }) {
    const { result, asked } = await endedOnceConfirmed(house, cancellation);
    assert.equal(result, { status: 'ended', told: true });
    assert.is(await countHoldings(service.id, new Date()), 0);
    assert.is((await server.$query()).status, 'quarantined');
    assert.is(machineOf(house, server.id).state.stage, 'off');
    assert.equal([house.workshop.portOf(server)?.up, house.workshop.portOf(server)?.alias], [false, '']);
    return told('ended, its machine off, unreachable, and resting until it is wiped', asked);
  },
};

export const machineReturnCells = cellsOf(machineReturned);

export const cancellationCells = [
  ...[confirmed, laidBeforeStaff, restedAndTakenUp].flatMap(cellsOf),
  ...[confirmed, restedAndTakenUp].map(conflictCellOf),
];

/** Ten days into a month that cost 1.00 a day and is paid; its machine was taken away before. */
async function aCancelledService(house: House): Promise<Cancelled> {
  const customer = await aCustomer();
  const now = await house.clock.now();
  const today = dayAt(now, customer.timeZone);
  const anchoredOn = addDays(today, -10);
  const paidUntilOn = addMonths(anchoredOn, 1);
  const priceMinor = daysBetween(anchoredOn, paidUntilOn) * 100;
  const service = await aService(customer, { anchoredOn, paidUntilOn, priceMinor, freeFromOn: anchoredOn });
  const lease = await ServerLease.query().findOne({ serviceId: service.id }).throwIfNotFound();
  await Server.query().findById(lease.serverId).patch({ status: 'quarantined' });
  await lease.$query().delete();
  const cancellation = await aCancellation(service, { requestedOn: today, requestedAt: now });
  return { cancellation, service, unusedMinor: priceMinor - 10_00 };
}

async function insistOnItsEnd(
  house: House,
  { cancellation, service, unusedMinor }: Cancelled,
  { result, asked }: AtItsEnd,
) {
  assert.equal(result, { status: 'ended', told: true });
  assert.is((await Service.query().findById(service.id))?.status, 'ended');
  assert.is(await countHoldings(service.id, await house.clock.now()), 0);
  const credits = await AccountCredit.query().where({ serviceCancellationId: cancellation.id });
  assert.equal(
    credits.map(({ amountMinor }) => amountMinor),
    [unusedMinor],
  );
  assert.is(lettersTo(house, service).length, 2);
  return told('ended, credited once, and nothing held', asked);
}

type AtItsEnd = Ended<ServiceCancellationResult>;

async function takenOn(question: Promise<void>): Promise<void> {
  await question.catch((error: unknown) => {
    if (!(error instanceof ProcessesUnavailable)) throw error;
  });
}

async function isAt({ cancellation }: Cancelled, status: CancellationStatus): Promise<boolean> {
  return (await cancellation.$query()).status === status;
}

/** Sees it through; whether staff were asked on its way. */
async function endedOnceConfirmed(house: House, cancellation: ServiceCancellation): Promise<AtItsEnd> {
  const subject = { cancellationId: cancellation.id };
  await house.start(serviceCancellation, subject);
  const [ended] = await Promise.all([
    house.ended(serviceCancellation, subject),
    house.clock.during(() => confirm(house, cancellation)),
  ]);
  return ended;
}

export async function confirm(house: House, { id: cancellationId }: ServiceCancellation): Promise<void> {
  const letter = `cancellation-link-${cancellationId}`;
  await house.clock.until('the link is in the mailbox', async () =>
    house.mailbox.letters.some(({ id }) => id === letter),
  );
  await house.processes.update(serviceCancellation, { cancellationId }, confirmCancellation);
}

/** Its port is in the VLAN of its address, as a finished installation leaves it. */
async function cabledUp({ workshop: { deps } }: House, { id: serviceId }: Service, { id: serverId }: Server) {
  const ports = createSwitchPortActivities(deps);
  await asActivity(() => createAddressActivities().assignAddresses({ serviceId, serverId }));
  await asActivity(() => ports.assignPort({ serviceId, serverId }));
  await asActivity(() => ports.openPort(serviceId));
}

function lettersTo(house: House, { customer }: Service) {
  return house.mailbox.letters.filter(({ to }) => to === customer.email);
}
