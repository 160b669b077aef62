import type { Place, ShownBy, ToldCell } from './cell.js';

type Groups = Place['groups'];

/** A cell that another test shows already. */
export function shown(
  [process, step, fault]: readonly [string, string, string],
  groups: Groups,
  features: readonly string[],
  file: ShownBy['file'],
  test: string,
): ToldCell {
  return { process, step, fault, groups, features, shownBy: { file, test } };
}
