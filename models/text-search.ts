/** For `ILIKE`: the words anywhere in a text, `%` and `_` meaning themselves. */
export function likePart(query: string): string {
  return `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
}
