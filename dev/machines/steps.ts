/** Where a machine can be told to fail. `bmc`, `boot_override` and `answer` are asked from outside, the rest it does itself. */
export const steps = [
  'bmc',
  'boot_override',
  'power_on',
  'netboot',
  'fetch',
  'answers',
  'started',
  'install',
  'installed',
  'disk_boot',
  'booted',
  'answer',
] as const;
export type Step = (typeof steps)[number];

/**
 * `dead`: stands still from here on, powered on. `off`: switches itself off. `slow`: does it late. `silent`: leaves it
 * out and goes on. `wrong`: does it with another machine's papers. `twice`: reports it twice. `broken`: an error of its own.
 */
export const kinds = ['dead', 'off', 'slow', 'silent', 'wrong', 'twice', 'broken', 'lies'] as const;

/** How a step is to be done; what stops the machine or delays it has happened by then. */
export type Manner = 'well' | 'silent' | 'wrong' | 'twice';

/** At speed 1, in milliseconds: an order on an empty machine takes 12 to 15 seconds. */
export const usualMs = {
  starting: [1_000, 2_000],
  post: [2_000, 2_000],
  installing: [5_000, 7_500],
  disk_boot: [2_000, 2_000],
  stopping: [1_000, 1_000],
  slow: [10_000, 10_000],
  retry: [1_000, 1_000],
} as const;

/** The machine stands still with these words on its screen; only its power button helps. */
export class Halted extends Error {
  override name = 'Halted';
}

export class SwitchedItselfOff extends Error {
  override name = 'SwitchedItselfOff';
}
