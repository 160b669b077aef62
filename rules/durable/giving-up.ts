/**
 * What becomes of things taken when staff give a step up: `undone`, all of it goes back; `rests`, it stays as it is until
 * the step is tried again; `settled`, nothing is held, or the process goes on to give it back.
 */
export type GivingUp = 'undone' | 'rests' | 'settled';

/** Steps of a process that takes things; its other steps give them back. */
const taking: Readonly<Record<string, readonly string[]>> = {
  'server-provisioning': [
    'reserveServer',
    'assignAddresses',
    'assignPort',
    'openPort',
    'controlMachine',
    'tryAnotherMachine',
  ],
};

/** Processes that take a service down: what is not down yet is never left for good. */
const takingDown = ['service-cancellation'];

export function givingUp({
  workflowId,
  step,
}: {
  readonly workflowId: string | null;
  readonly step: string;
}): GivingUp {
  const process = workflowId?.split(':', 1)[0] ?? '';
  if (taking[process]?.includes(step)) return 'undone';
  return takingDown.includes(process) ? 'rests' : 'settled';
}
