/**
 * How often what was measured of one is larger than what was measured of the other: a half where nobody can tell them
 * apart, nothing or one where everybody can (the Mann–Whitney statistic). A machine that is slow is slow to both.
 */
export function likeness(one: readonly number[], other: readonly number[]): number {
  const larger = one.flatMap((mine) => other.map((theirs) => (mine > theirs ? 1 : mine === theirs ? 0.5 : 0)));
  return larger.reduce<number>((sum, each) => sum + each, 0) / larger.length;
}

/** Milliseconds that each of two takes, asked in turn and in turning order, so that neither is always the first. */
export async function timesInTurn(
  rounds: number,
  asks: readonly [() => Promise<unknown>, () => Promise<unknown>],
): Promise<readonly [number[], number[]]> {
  const spent: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    for (const turn of round % 2 ? ([1, 0] as const) : ([0, 1] as const)) {
      const began = performance.now();
      await asks[turn]();
      spent[turn].push(performance.now() - began);
    }
  }
  return spent;
}
