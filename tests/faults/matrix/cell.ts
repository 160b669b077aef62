import type { createActivities } from '../../../activities/index.js';
import type { Draw } from './draw.js';

/** An activity, as the worker registers it. */
export type Step = keyof ReturnType<typeof createActivities>;

/** What goes wrong at a step; each of them at each step of each process. */
export const stepFaults = [
  'fails before acting',
  'fails after acting',
  'acts, and the answer is lost',
  'hangs past its heartbeat',
  'dies with its worker',
] as const;
export type StepFault = (typeof stepFaults)[number];

/** `simulated`: in this process, under skipped time; `real`: processes of a shop of its own are killed. */
export const kinds = ['simulated', 'real'] as const;
export type Kind = (typeof kinds)[number];

/** Where a cell stands in the matrix, and what it belongs to. */
export interface Place {
  /** The type of a workflow, or another part of the product: `web`, `collector`. */
  readonly process: string;
  /** An activity, or in words what is under way. */
  readonly step: Step | (string & {});
  /** One of `stepFaults`, or in words what goes wrong. */
  readonly fault: StepFault | (string & {});
  /** Fault groups, `F1` to `F20`. */
  readonly groups: readonly `F${number}`[];
  /** Ids of the features that it shows, as in names of tests: `BIL-05`. */
  readonly features: readonly string[];
}

/** A cell that is run on the ground which its block has opened. */
export interface Cell<Ground> extends Place {
  /** Brings the fault about; the outcome in words. Throws where something does not hold. The same draw, the same case. */
  run(ground: Ground, draw: Draw): Promise<string>;
}

/** A cell with nothing to run: where it cannot happen, why; where another test shows it, which. */
export type ToldCell = Place & ({ readonly because: string } | { readonly shownBy: ShownBy });

export interface ShownBy {
  readonly file: `${string}.test.ts`;
  /** The test's name as it stands in the file; so much of it that it is found. */
  readonly test: string;
}

/** A cell's name: on the command line, in results, in tests. */
export function nameOf({ process, step, fault }: Place): string {
  return `${process} · ${step} · ${fault}`;
}
