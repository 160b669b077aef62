import type { ServiceStatus } from '../services/service-status.js';
import { isPowerCommandOver, type PowerCommandStatus } from './power-command-status.js';
import { type Power, type PowerDeed, wantedPower } from './power-commands.js';
import type { ServerStatus } from './server-status.js';

export interface PowerStanding {
  readonly machine: ServerStatus;
  /** Of the service that holds the machine now. */
  readonly service: { readonly status: ServiceStatus; readonly isSuspended: boolean } | undefined;
  /** A system is being put on it. */
  readonly isInstalling: boolean;
  /** The last thing that was asked of it since it came to its status. */
  readonly last: { readonly command: PowerDeed; readonly status: PowerCommandStatus } | undefined;
}

/** Nobody's, and no process or person works on them. */
export const restingStatuses: readonly ServerStatus[] = ['ready', 'tested', 'quarantined'];

/**
 * How a machine ought to stand by what we know; nothing where it may be either way: somebody is at it, or nobody can say
 * what came of the last command. In use it is on, at rest it is off, unless the last command says otherwise.
 */
export function expectedPower({ machine, service, isInstalling, last }: PowerStanding): Power | undefined {
  const inUse = machine === 'in_service' && service?.status === 'active' && !service.isSuspended;
  if (isInstalling || !(inUse || restingStatuses.includes(machine))) return undefined;
  if (!last) return inUse ? 'on' : 'off';
  if (!isPowerCommandOver(last.status)) return undefined;
  return last.status === 'done' ? wantedPower(last.command) : undefined;
}
