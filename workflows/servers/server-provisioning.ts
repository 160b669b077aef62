import { CancellationScope, proxyActivities } from '@temporalio/workflow';
import type { ProvisioningActivities } from '../../activities/servers/index.js';
import type { InstallationOn } from '../../activities/servers/installations.js';
import type { OnMachine } from '../../activities/servers/power.js';
import type { MachineFailure } from '../../rules/servers/machine-failures.js';
import { label } from '../durable/labels.js';
import { postal } from '../durable/patience.js';
import { ForStaff, GivenUpByStaff, MachineFailed, NoServerLeft, Unwanted } from '../messages/failures.js';
import type { ServerProvisioningInput, ServerProvisioningResult } from '../messages/server-provisioning.js';
import { boot, install, verify } from './installation.js';
import { connect, reserve } from './machine.js';
import { failure, isFailure, type Provisioning, provisioningOf, rows } from './provisioning.js';

const { sendWelcome } = proxyActivities<ProvisioningActivities>(postal);

type Outcome = ServerProvisioningResult['outcome'];

/** After so many failures in a row it is rarely the machines: the stock is not used up, somebody looks. */
const MACHINES_TRIED = 3;
const anotherMachine = { name: 'tryAnotherMachine', skippable: false };

/** Started by a paid order; over when its server is handed over, or when all that was taken for it is given back. */
export async function serverProvisioning({ serviceId }: ServerProvisioningInput): Promise<ServerProvisioningResult> {
  const provisioning = provisioningOf(serviceId);
  const { progress } = provisioning;

  const { labels, finished } = await rows.beginProvisioning(serviceId);
  if (finished) return { outcome: finished };
  label(labels);
  try {
    const server = await runningServer(provisioning);
    await progress.enter('welcome');
    await rows.handOver(server);
  } catch (error) {
    return { outcome: await CancellationScope.nonCancellable(() => giveBack(provisioning, error)) };
  }
  await sendWelcome(serviceId);
  await progress.leave('done');
  return { outcome: 'active' };
}

/** Machine after machine, until one of them runs and answers. */
async function runningServer(provisioning: Provisioning): Promise<InstallationOn> {
  for (let tried = 1; ; tried++) {
    const machine = await provisioning.wish.heeded(() => reserve(provisioning, { replaces: tried > 1 }));
    try {
      return await madeOf(machine, provisioning);
    } catch (error) {
      if (!isFailure(error, MachineFailed)) throw error;
      await replace(machine, error.details as [MachineFailure, string], provisioning);
      if (tried % MACHINES_TRIED === 0) await provisioning.wish.heeded(() => askForMore(provisioning, tried));
    }
  }
}

async function madeOf(machine: OnMachine, provisioning: Provisioning): Promise<InstallationOn> {
  await provisioning.wish.heeded(() => connect(provisioning, machine));
  const server = await boot(provisioning, machine);
  await install(provisioning, server);
  await verify(provisioning, server);
  return server;
}

/** First out of the pool, then let go: nobody else is to be given it in between. */
async function replace(
  machine: OnMachine,
  [reason, detail]: [MachineFailure, string],
  { progress, undoing }: Provisioning,
): Promise<void> {
  await progress.leave('failed');
  await rows.setServerAside({ ...machine, failure: reason, detail });
  await undoing.undo('machine');
}

async function askForMore({ attempt }: Provisioning, tried: number): Promise<void> {
  let asked = false;
  await attempt(anotherMachine, async () => {
    if (asked) return;
    asked = true;
    throw failure(ForStaff, `${tried} machines failed one after another`);
  });
}

async function giveBack({ serviceId, progress, undoing }: Provisioning, error: unknown): Promise<Outcome> {
  await progress.leave('undone');
  await undoing.undo();
  const outcome = outcomeOf(error);
  if (!outcome) throw error;
  await rows.tellProgress({ serviceId, event: `server.${outcome}` });
  return outcome;
}

function outcomeOf(error: unknown): Outcome | undefined {
  if (isFailure(error, Unwanted)) return 'cancelled';
  if (isFailure(error, NoServerLeft)) return 'out_of_stock';
  return isFailure(error, GivenUpByStaff) ? 'given_up' : undefined;
}
