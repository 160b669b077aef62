import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Kind, kinds } from './cell.js';

/** What a cell came to when it was last run. */
export interface Known {
  readonly outcome: string;
  readonly invariants: readonly string[];
}
export type KnownResults = Readonly<Record<string, Known>>;

/** One file a kind, so that who runs the one leaves the other's alone. */
const fileOf = (kind: Kind) => new URL(`results/${kind}.json`, import.meta.url);

export function readResults(): KnownResults {
  const read = (kind: Kind): KnownResults =>
    existsSync(fileOf(kind)) ? JSON.parse(readFileSync(fileOf(kind), 'utf8')) : {};
  return Object.assign({}, ...kinds.map(read));
}

/** Adds what was learned to what is known of cells that still stand; `undefined` forgets a cell. */
export function keepResults(
  kind: Kind,
  names: readonly string[],
  learned: ReadonlyMap<string, Known | undefined>,
): void {
  const known = readResults();
  const kept = [...names].sort().flatMap((name) => {
    const result = learned.has(name) ? learned.get(name) : known[name];
    return result ? [[name, result]] : [];
  });
  writeFileSync(fileOf(kind), `${JSON.stringify(Object.fromEntries(kept), null, 2)}\n`);
}
