/** Ready machines of a product that are built alike: how many, and with which physical choices. */
export interface Build {
  readonly productId: string;
  readonly choiceIds: readonly string[];
  readonly machines: number;
}

export type StockLevel = 'ready' | 'few' | 'sold_out';

/** Up to here a page says how few are left. */
const FEW = 3;

export function stockLevel(machines: number): StockLevel {
  if (machines === 0) return 'sold_out';
  return machines <= FEW ? 'few' : 'ready';
}

/** How many machines have all of these choices; one that has more besides counts too. */
export function machinesWith(builds: readonly Build[], choiceIds: readonly string[]): number {
  const fitting = builds.filter((build) => choiceIds.every((id) => build.choiceIds.includes(id)));
  return fitting.reduce((sum, { machines }) => sum + machines, 0);
}

/** `sold_out`: on no machine; `elsewhere`: only on machines without one of the other choices made. */
export type Availability = 'in_stock' | 'elsewhere' | 'sold_out';

export function availabilityOf(
  builds: readonly Build[],
  choiceId: string,
  otherChoiceIds: readonly string[],
): Availability {
  if (machinesWith(builds, [choiceId]) === 0) return 'sold_out';
  return machinesWith(builds, [choiceId, ...otherChoiceIds]) > 0 ? 'in_stock' : 'elsewhere';
}
