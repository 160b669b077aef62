import { ActivityFailure } from '@temporalio/workflow';
import type { OnMachine } from '../../activities/servers/power.js';
import { GivenUpByStaff, NoServerLeft } from '../messages/failures.js';
import { failure, hardware, isFailure, type Provisioning, rows } from './provisioning.js';

const stock = { name: 'reserveServer', skippable: false };
const addresses = { name: 'assignAddresses', skippable: false };
const vlan = { name: 'assignPort', skippable: false };
const port = { name: 'openPort', skippable: false };

/**
 * The machine that was held since the order, or another just like it. Paid so late that the last one is gone, the order
 * is paid back at once; where none is left for one that failed, staff is asked to find one.
 */
export async function reserve(provisioning: Provisioning, { replaces }: { replaces: boolean }): Promise<OnMachine> {
  const { serviceId, attempt, undoing, progress } = provisioning;
  await progress.enter('reserve');
  undoing.register('releaseServer', 'machine', () => rows.releaseServer(serviceId));
  try {
    const take = () => rows.reserveServer(serviceId);
    const reserved = await (replaces ? attempt(stock, take) : take());
    if (reserved) return { serviceId, ...reserved };
  } catch (error) {
    if (!isFailure(error, GivenUpByStaff) && !isFailure(causeOf(error), NoServerLeft)) throw error;
  }
  throw failure(NoServerLeft, replaces ? 'no server is left, and staff found none' : 'no server is left');
}

function causeOf(error: unknown): unknown {
  return error instanceof ActivityFailure ? error.cause : error;
}

/** Addresses first: they say in which VLAN the port belongs. They stay with the service if its machine is replaced. */
export async function connect({ attempt, undoing, progress }: Provisioning, on: OnMachine): Promise<void> {
  const { serviceId } = on;
  await progress.enter('network');
  undoing.register('unassignAddresses', 'service', () => rows.unassignAddresses(serviceId));
  await attempt(addresses, () => rows.assignAddresses(on));
  undoing.register('unassignPort', 'machine', () => rows.unassignPort(serviceId));
  await attempt(vlan, () => rows.assignPort(on));
  undoing.register('closePort', 'machine', () => hardware.closePort(serviceId));
  await attempt(port, () => hardware.openPort(serviceId));
}
