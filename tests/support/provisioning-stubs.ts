import type { WorkflowHandleWithFirstExecutionRunId } from '@temporalio/client';
import sinon from 'sinon';
import { createStaffTaskActivities } from '../../activities/durable/staff-tasks.js';
import { createStepActivities } from '../../activities/durable/steps.js';
import { createStopActivities } from '../../activities/durable/stops.js';
import { createProvisioningActivities } from '../../activities/servers/index.js';
import { installerStarted, osInstalled, serverBooted } from '../../workflows/messages/server-provisioning.js';
import type { serverProvisioning } from '../../workflows/servers/server-provisioning.js';
import { absentHardware } from './absent-hardware.js';
import { Mailbox } from './mailbox.js';

export type ProvisioningHandle = WorkflowHandleWithFirstExecutionRunId<typeof serverProvisioning>;

const labels = { service: 'web-3', customer: 'C-002417', order: 'NQ-10497' };
const fit = { fit: true } as const;
const aside = ['enterStep', 'leaveStep', 'tellProblem', 'lookAtInstallation', 'leaveHold'];

/** Every activity of provisioning as a stub, and a machine behind them that does at once what it is told. */
export function provisioningStubs() {
  const deps = { ...absentHardware, mailer: new Mailbox(), shopUrl: '', linkKey: '' };
  const activities = sinon.stub({
    ...createProvisioningActivities(deps),
    ...createStaffTaskActivities(),
    ...createStepActivities(),
    ...createStopActivities({} as never),
  });

  /** Of a machine that is told something, what its installer says by signal; nothing of what is `lost`. */
  function behave(handle: () => ProvisioningHandle, lost: readonly string[] = []): void {
    for (const activity of Object.values(activities)) activity.reset();
    let machines = 0;
    const installation = { installationId: '' };
    const say = async (fact: typeof installerStarted) => {
      if (!lost.includes(fact.name)) await handle().signal(fact, { ...installation });
    };
    activities.beginProvisioning.resolves({ labels });
    activities.reserveServer.callsFake(async () => ({ serverId: `m${++machines}` }));
    activities.prepareInstallation.callsFake(
      async ({ installationId }) => void Object.assign(installation, { installationId }),
    );
    for (const name of ['checkMachine', 'powerOff', 'setNetworkBoot'] as const) activities[name].resolves(fit);
    activities.powerOn.callsFake(async () => {
      await say(installerStarted);
      return fit;
    });
    activities.tellProgress.callsFake(async ({ event }) => {
      if (event === 'server.installing') await say(osInstalled);
    });
    activities.setDiskBoot.callsFake(async () => {
      await say(serverBooted);
      return fit;
    });
    activities.lookAtInstallation.resolves({ status: 'waiting', power: 'on' });
    activities.withdrawInstallation.resolves({ begun: false });
    activities.verifyServer.resolves('right');
    activities.sendWelcome.resolves({ delivered: true });
  }

  /** What was done, in order; what people watch, and looking, left aside. */
  function done(): string[] {
    const calls = Object.entries(activities).flatMap(([name, activity]) =>
      (activity as sinon.SinonStub)
        .getCalls()
        .map((call) => ({ name, at: (call as unknown as { callId: number }).callId })),
    );
    return calls
      .filter(({ name }) => !aside.includes(name))
      .sort((one, other) => one.at - other.at)
      .map(({ name }) => name);
  }

  const told = () => activities.tellProgress.args.map(([{ event }]) => event);
  return { activities, behave, done, told };
}
