import type { Cell, Kind, Place } from './cell.js';
import { nameOf } from './cell.js';
import { drawOf } from './draw.js';

/** Cells that are run on one ground: a database, a cluster and workers of their own. */
export interface BlockOf<Ground> {
  readonly name: string;
  readonly kind: Kind;
  readonly cells: readonly Cell<Ground>[];
  /** How many cells are run beside each other; one, where it is not said. */
  readonly width?: number;
  open(): Promise<Ground>;
  /** What must hold when its cells have come to rest; the ids of the invariants looked at. Throws what does not hold. */
  check(ground: Ground): Promise<readonly string[]>;
  close(ground: Ground): Promise<void>;
}

/** What came of a cell: in words what happened, or what did not hold. */
export type Result =
  | { readonly outcome: string; readonly invariants: readonly string[] }
  | { readonly failure: unknown };

/** A block whose ground is its own affair. */
export interface Block {
  readonly name: string;
  readonly kind: Kind;
  readonly places: readonly Place[];
  /** Runs those cells; each result is told as soon as it is known. */
  run(places: readonly Place[], seed: number, tell: (place: Place, result: Result) => void): Promise<void>;
}

export function block<Ground>({ name, kind, cells, width = 1, open, check, close }: BlockOf<Ground>): Block {
  async function runBeside(chosen: readonly Cell<Ground>[], ground: Ground, seed: number) {
    const runs = chosen.map(async (cell) => cell.run(ground, drawOf(seed, nameOf(cell))));
    const ended = await Promise.allSettled(runs);
    const checked = await Promise.resolve(check(ground)).then(
      (invariants) => ({ invariants }),
      (failure: unknown) => ({ failure }),
    );
    return ended.map((run): Result => {
      if (run.status === 'rejected') return { failure: run.reason };
      return 'failure' in checked ? checked : { outcome: run.value, ...checked };
    });
  }

  return {
    name,
    kind,
    places: cells,
    async run(places, seed, tell) {
      const chosen = cells.filter((cell) => places.includes(cell));
      if (chosen.length === 0) return;
      const ground = await open();
      try {
        for (let from = 0; from < chosen.length; from += width) {
          const beside = chosen.slice(from, from + width);
          const results = await runBeside(beside, ground, seed);
          for (const [place, cell] of beside.entries()) tell(cell, results[place] as Result);
        }
      } finally {
        await close(ground);
      }
    },
  };
}
