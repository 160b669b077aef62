import { getExternalWorkflowHandle, isCancellation, uuid4, workflowInfo } from '@temporalio/workflow';
import type { InstallationOn } from '../../activities/servers/installations.js';
import type { OnMachine } from '../../activities/servers/power.js';
import { Unwanted } from '../messages/failures.js';
import { installationBegun } from '../messages/order.js';
import { hardware, isFailure, machineFailed, onMachine, type Provisioning, rows } from './provisioning.js';

const MINUTE = 60_000;
/** From the power button to the installer's first words: firmware, network boot, two images. */
const STARTS_WITHIN = 5 * MINUTE;
const STARTS_TRIED = 2;
const INSTALLS_WITHIN = 30 * MINUTE;
const BOOTS_WITHIN = 10 * MINUTE;
/** Each look takes up to a minute. */
const LOOKS_FOR_ANSWER = 5;

/** Boots the machine into its installer. What begins first decides: the installer, or the customer's change of mind. */
export async function boot(provisioning: Provisioning, machine: OnMachine): Promise<InstallationOn> {
  const { wish, undoing, progress } = provisioning;
  const on = { ...machine, installationId: uuid4() };
  await progress.enter('boot');
  try {
    await wish.heeded(async () => {
      await onMachine(provisioning, () => hardware.checkMachine(machine));
      undoing.register('forgetRootPassword', 'service', () => rows.forgetRootPassword(machine.serviceId));
      undoing.register('powerOff', 'machine', () => hardware.powerOff(machine));
      undoing.register('abandonInstallation', 'machine', () => rows.abandonInstallation(on.installationId));
      await rows.prepareInstallation(on);
      await startInstaller(provisioning, on);
    });
  } catch (error) {
    if (!isFailure(error, Unwanted)) throw error;
    const { begun } = await rows.withdrawInstallation(on.installationId);
    if (!begun) throw error;
  }
  wish.installationBegan();
  await tellOrder();
  await rows.tellProgress({ ...machine, event: 'server.installing' });
  return on;
}

async function startInstaller(provisioning: Provisioning, on: InstallationOn): Promise<void> {
  const { report, progress } = provisioning;
  for (let started = 1; ; started++) {
    await startFromNetwork(provisioning, on);
    if (started === 1) await rows.tellProgress({ ...on, event: 'server.started' });
    const heard = await report(on, 'started', STARTS_WITHIN);
    if (heard === 'reported') return;
    if (started === STARTS_TRIED) {
      throw machineFailed(heard === 'off' ? 'went_off' : 'no_installer', `started ${started} times from the network`);
    }
    await progress.tellProblem('didNotStart');
    await rows.tellProgress({ ...on, event: 'server.did_not_start' });
  }
}

/** From off, so that it is this start and no other that boots from the network. */
async function startFromNetwork(provisioning: Provisioning, on: OnMachine): Promise<void> {
  await onMachine(provisioning, () => hardware.powerOff(on));
  await onMachine(provisioning, () => hardware.setNetworkBoot(on));
  await onMachine(provisioning, () => hardware.powerOn(on));
}

export async function install(provisioning: Provisioning, on: InstallationOn): Promise<void> {
  const { report, progress } = provisioning;
  await progress.enter('install');
  const installed = await report(on, 'installed', INSTALLS_WITHIN);
  if (installed === 'off') throw machineFailed('went_off', 'while its system was being installed');
  if (installed === 'silent')
    throw machineFailed('install_stalled', `not finished in ${INSTALLS_WITHIN / MINUTE} minutes`);
  await onMachine(provisioning, () => hardware.setDiskBoot(on));
  await rows.tellProgress({ ...on, event: 'server.installed' });
  // Whether it says so or not: what counts is that it answers, and that is looked at next.
  const booted = await report(on, 'booted', BOOTS_WITHIN);
  if (booted === 'off') throw machineFailed('went_off', 'when it was to start from its disk');
}

export async function verify({ progress }: Provisioning, on: InstallationOn): Promise<void> {
  await progress.enter('verify');
  for (let look = 1; look <= LOOKS_FOR_ANSWER; look++) {
    const answer = await hardware.verifyServer(on);
    if (answer === 'wrong') throw machineFailed('wrong_answer', 'another machine or system answers');
    if (answer === 'right') return rows.tellProgress({ ...on, event: 'server.verified' });
    await progress.tellProblem('noAnswer');
  }
  throw machineFailed('no_answer', 'nobody answers under its address');
}

/** The order refuses to be cancelled from now on. An order that is over needs no telling. */
async function tellOrder(): Promise<void> {
  const { parent } = workflowInfo();
  if (!parent) return;
  try {
    await getExternalWorkflowHandle(parent.workflowId, parent.runId).signal(installationBegun);
  } catch (error) {
    if (isCancellation(error)) throw error;
  }
}
