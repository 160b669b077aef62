const MAIN = /(<main[^>]*>)([\s\S]*)(<\/main>)/;
const BODY = /<tbody>[\s\S]*<\/tbody>/;
const ROW = /<tr>[\s\S]*?<\/tr>/;

/**
 * Views that draw the same page from a row's values, byte for byte but for these: the layout, the page inside it, and a
 * row as a partial, in which the texts between tags of the first row are replaced by `cells` in their order.
 */
export function viewsOf(page: string, cells: readonly string[]): Readonly<Record<'layout' | 'page' | 'row', string>> {
  const main = page.match(MAIN)?.[2];
  const row = page.match(BODY)?.[0].match(ROW)?.[0];
  if (!main || !row) throw new Error('the page shows no row');
  let nth = 0;
  const written = row.replaceAll(/>([^<>]*[^<>\s][^<>]*)</g, (whole) => {
    const cell = cells[nth++ % cells.length];
    return cell ? `>{{${cell}}}<` : whole;
  });
  const rows = '<tbody>{{#each rows}}{{> row}}{{/each}}</tbody>{{count.count}} {{person.name}}';
  return {
    layout: escaped(page).replace(MAIN, '$1{{{body}}}$3'),
    page: escaped(main).replace(BODY, rows),
    row: written,
  };
}

/** What the page says stands in the template as it is. */
function escaped(text: string): string {
  return text.replaceAll('{{', '\\{{');
}
