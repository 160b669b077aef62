import type { InstallationAnswers } from '../../gateways/netboot/netboot.js';
import type { Installed, PretendMachine } from './machine-list.js';

/** What a machine is doing. The word outlives the process: a machine that was installing goes on installing. */
export type Stage =
  | 'off'
  | 'starting'
  | 'post'
  | 'netboot'
  | 'installing'
  | 'disk_boot'
  | 'running'
  | 'halted'
  | 'cycling'
  | 'stopping';

export interface BootOverride {
  BootSourceOverrideEnabled: 'Disabled' | 'Once' | 'Continuous';
  BootSourceOverrideTarget: 'None' | 'Pxe' | 'Hdd' | 'BiosSetup';
  BootSourceOverrideMode: 'UEFI' | 'Legacy';
}

/** Where the installer reports, and the token that it was started with. */
export interface CallBack {
  readonly url: string;
  readonly token: string;
}

export interface RunningInstallation {
  readonly callBack: CallBack;
  answers?: InstallationAnswers;
  started: boolean;
  percent: number;
}

export interface LogEntry {
  readonly id: number;
  readonly at: string;
  readonly message: string;
  readonly severity: 'OK' | 'Warning' | 'Critical';
}

export interface MachineState {
  stage: Stage;
  /** The last words on its screen. */
  console: string;
  boot: BootOverride;
  /** How often its firmware has begun anew; absent in files that are older than the count. */
  starts?: number;
  installation?: RunningInstallation;
  /** What the disk holds, and whom to tell after the first boot from it. */
  disk?: Installed & { tell?: CallBack };
  log: LogEntry[];
}

export const noOverride: BootOverride = {
  BootSourceOverrideEnabled: 'Disabled',
  BootSourceOverrideTarget: 'None',
  BootSourceOverrideMode: 'UEFI',
};

export function freshMachine({ running }: PretendMachine): MachineState {
  return {
    stage: running ? 'running' : 'off',
    console: running ? `${running.hostname} login:` : '',
    boot: { ...noOverride },
    ...(running && { disk: running }),
    log: [],
  };
}

/** As Redfish names it. */
export function powerState({ stage }: MachineState): 'On' | 'Off' | 'PoweringOn' | 'PoweringOff' {
  if (stage === 'off' || stage === 'cycling') return 'Off';
  if (stage === 'starting') return 'PoweringOn';
  return stage === 'stopping' ? 'PoweringOff' : 'On';
}
