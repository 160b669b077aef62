import type { OnMachine } from '../../activities/servers/power.js';
import { GivenUpByStaff, NoServerLeft } from '../messages/failures.js';
import { failure, hardware, isFailure, type Provisioning, rows } from './provisioning.js';

const stock = { name: 'reserveServer', skippable: false };
const addresses = { name: 'assignAddresses', skippable: false };
const vlan = { name: 'assignPort', skippable: false };
const port = { name: 'openPort', skippable: false };

/** The machine that was held since the order, or another just like it. Where none is left, staff is asked to find one. */
export async function reserve({ serviceId, attempt, undoing, progress }: Provisioning): Promise<OnMachine> {
  await progress.enter('reserve');
  undoing.register('releaseServer', 'machine', () => rows.releaseServer(serviceId));
  try {
    const reserved = await attempt(stock, () => rows.reserveServer(serviceId));
    if (reserved) return { serviceId, ...reserved };
  } catch (error) {
    if (!isFailure(error, GivenUpByStaff)) throw error;
  }
  throw failure(NoServerLeft, 'no server is left, and staff found none');
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
