import type { ServiceStatus } from '../services/service-status.js';
import type { PowerCommandKind, PowerOutcome } from './power-commands.js';
import type { ServerStatus } from './server-status.js';

/** What keeps a command from being given, told as `power:refused.<hindrance>`. */
export type PowerHindrance = Extract<PowerOutcome, 'not_active' | 'unmanaged' | 'being_prepared' | 'suspended'>;

export interface PowerCircumstances {
  readonly command: PowerCommandKind;
  readonly askedBy: 'customer' | 'staff';
  /** Of the service that the machine is held for; nothing for a machine in stock. */
  readonly service: { readonly status: ServiceStatus; readonly isSuspended: boolean } | undefined;
  readonly machine: ServerStatus;
  /** Whether a service processor is known of it. */
  readonly isManaged: boolean;
  /** A system is being put on it. */
  readonly isInstalling: boolean;
}

/** A process has the machine in its hands: a push between two of its steps would spoil what it does. */
const inOtherHands: readonly ServerStatus[] = ['testing', 'leased', 'provisioning', 'releasing', 'wiping'];

/**
 * Why a command may not be given now; nothing when it may. Looking is always allowed to whom the machine is shown.
 * A suspended machine is the shop's to switch; staff may, and answer for it by their reason.
 */
export function powerRefusal(known: PowerCircumstances): PowerHindrance | undefined {
  const { command, askedBy, service, machine, isManaged, isInstalling } = known;
  if (askedBy === 'customer' && service?.status !== 'active') return 'not_active';
  if (!isManaged) return 'unmanaged';
  if (command === 'state') return undefined;
  if (isInstalling || inOtherHands.includes(machine)) return 'being_prepared';
  if (askedBy === 'customer' && service?.isSuspended) return 'suspended';
  return undefined;
}
