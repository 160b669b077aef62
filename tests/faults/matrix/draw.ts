import { drawn } from '../../../dev/payments/seeded.js';

/** Numbers by chance that a seed and a cell's name decide: the same words, the same case, whatever else is run. */
export interface Draw {
  /** From 0 up to `below`. */
  number(below: number): number;
  one<Value>(of: readonly Value[]): Value;
}

export function drawOf(seed: number, cell: string): Draw {
  let drawings = 0;
  const number = (below: number) => Math.floor(drawn(seed, cell, ++drawings) * below);
  return { number, one: (of) => of[number(of.length)] as (typeof of)[number] };
}
