export const powerCommandStatuses = [
  'requested', // accepted from whoever asked; its process has not begun. The process moves it from here on
  'running', //   the machine is being asked, or staff are, about it
  'done', //      it came to what was wanted, or was there already
  'failed', //    asked for in vain, or nobody can say
  'refused', //   nothing was asked of the machine
] as const;

export type PowerCommandStatus = (typeof powerCommandStatuses)[number];

const before: Readonly<Record<PowerCommandStatus, readonly PowerCommandStatus[]>> = {
  requested: [],
  running: ['requested'],
  done: ['running'],
  failed: ['running'],
  refused: ['requested', 'running'],
};

/** While a machine has a command in one of these, it takes no other. */
export const standingPowerStatuses: readonly PowerCommandStatus[] = ['requested', 'running'];

export function powerStatusesBefore(status: PowerCommandStatus): readonly PowerCommandStatus[] {
  return before[status];
}

export function isPowerCommandOver(status: PowerCommandStatus): boolean {
  return !standingPowerStatuses.includes(status);
}
