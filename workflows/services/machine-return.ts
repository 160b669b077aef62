import { proxyActivities } from '@temporalio/workflow';
import type { ProvisioningActivities } from '../../activities/servers/index.js';
import type { OnMachine } from '../../activities/servers/power.js';
import type { MachineReturnActivities } from '../../activities/services/machine-return.js';
import type { Attempt } from '../durable/human-step.js';
import { quick, slowHardware } from '../durable/patience.js';
import { ForStaff } from '../messages/failures.js';
import { failure } from '../servers/provisioning.js';

const { beginReturn } = proxyActivities<MachineReturnActivities>(quick);
const { closePort, checkMachine, powerOff } = proxyActivities<ProvisioningActivities>(slowHardware);

/** An address must not pass to somebody else while a server still answers under it. */
const cutOff = { name: 'cutOffServer', skippable: false };
/** Without its port it reaches nobody; in quarantine it waits for its wipe, on or off. */
const switchOff = { name: 'switchOffServer', skippable: true };

/** Cuts an ending service's machine off the network and switches it off; where there is none, nothing happens. */
export async function returnMachine(cancellationId: string, attempt: Attempt): Promise<void> {
  const { serviceId, serverId } = await beginReturn(cancellationId);
  if (!serverId) return;
  await attempt(cutOff, () => closePort(serviceId));
  await attempt(switchOff, () => off({ serviceId, serverId }));
}

/** A service processor may answer for another machine, and that one is somebody's. */
async function off(machine: OnMachine): Promise<void> {
  const verdict = await checkMachine(machine);
  if (!verdict.fit) throw failure(ForStaff, verdict.detail);
  await powerOff(machine);
}
