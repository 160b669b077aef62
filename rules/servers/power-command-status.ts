export const powerCommandStatuses = [
  'requested', // accepted; its process has not begun
  'running', //   the machine is being asked, or staff are, about it
  'done', //      it came to what was wanted, or was there already
  'failed', //    asked for in vain, or nobody can say
  'refused', //   nothing was asked of the machine
] as const;

export type PowerCommandStatus = (typeof powerCommandStatuses)[number];

interface Arrival {
  readonly from: readonly PowerCommandStatus[];
  readonly movedBy: 'person' | 'process';
}

const arrivals: Readonly<Record<PowerCommandStatus, Arrival>> = {
  requested: { from: [], movedBy: 'person' },
  running: { from: ['requested'], movedBy: 'process' },
  done: { from: ['running'], movedBy: 'process' },
  failed: { from: ['running'], movedBy: 'process' },
  refused: { from: ['requested', 'running'], movedBy: 'process' },
};

/** While a machine has a command in one of these, it takes no other. */
export const standingPowerStatuses: readonly PowerCommandStatus[] = ['requested', 'running'];

export function powerStatusesBefore(status: PowerCommandStatus): readonly PowerCommandStatus[] {
  return arrivals[status].from;
}

export function powerStatusMovedBy(status: PowerCommandStatus): 'person' | 'process' {
  return arrivals[status].movedBy;
}

export function isPowerCommandOver(status: PowerCommandStatus): boolean {
  return !standingPowerStatuses.includes(status);
}
