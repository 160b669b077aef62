const BODY = /<tbody>[\s\S]*<\/tbody>/;
const ROW = /<tr>[\s\S]*?<\/tr>/;

/**
 * A template that draws the same page from a row's values: everything around the rows as text, and in the first row the
 * texts between tags replaced by `cells` in their order.
 */
export function templateOf(page: string, cells: readonly string[]): string {
  const row = page.match(BODY)?.[0].match(ROW)?.[0];
  if (!row) throw new Error('the page shows no row');
  let nth = 0;
  const written = row.replaceAll(/>([^<>]*[^<>\s][^<>]*)</g, (whole) => {
    const cell = cells[nth++ % cells.length];
    return cell ? `>{{${cell}}}<` : whole;
  });
  return escaped(page).replace(BODY, `<tbody>{{#each rows}}${written}{{/each}}</tbody>{{count.count}} {{person.name}}`);
}

/** What the page says stands in the template as it is. */
function escaped(text: string): string {
  return text.replaceAll('{{', '\\{{');
}
