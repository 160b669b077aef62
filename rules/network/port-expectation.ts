import { restingStatuses } from '../servers/power-expectation.js';
import type { ServerStatus } from '../servers/server-status.js';
import type { ServiceStatus } from '../services/service-status.js';

export interface PortStanding {
  /** What it is assigned to now, and in which VLAN. */
  readonly service:
    | { readonly status: ServiceStatus; readonly isSuspended: boolean; readonly vlan: number }
    | undefined;
  /** Of the machine at its cable. */
  readonly machine: ServerStatus | undefined;
}

export type ExpectedPort = { readonly up: true; readonly vlan: number } | { readonly up: false };

/** A port as the switch says that it is. */
export interface FoundPort {
  readonly up: boolean;
  /** Where frames that come in go. */
  readonly vlan: number;
  /** The VLANs whose frames leave it untagged. */
  readonly untagged: readonly number[];
}

/**
 * How a port ought to be by what we know: open in its VLAN for a service that runs, shut at a machine that rests, and
 * nothing in between, where a process is at it or nobody's machine is behind it.
 */
export function expectedPort({ service, machine }: PortStanding): ExpectedPort | undefined {
  if (service)
    return service.status === 'active' && !service.isSuspended ? { up: true, vlan: service.vlan } : undefined;
  return machine && restingStatuses.includes(machine) ? { up: false } : undefined;
}

/** In which VLAN a port is that is shut is all the same. */
export function isAsExpected(expected: ExpectedPort, { up, vlan, untagged }: FoundPort): boolean {
  if (!expected.up) return !up;
  return up && vlan === expected.vlan && untagged.length === 1 && untagged[0] === expected.vlan;
}
