import type { Response } from 'express';
import { type Cell, csvLine } from './presenters/csv.js';

/** By this mark spreadsheets know UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
const BATCH = 1_000;

/** Sends all that matches as a file, read from the database in batches: `read` gets where to begin and how many. */
export async function sendCsv<Row>(
  response: Response,
  name: string,
  head: readonly string[],
  read: (offset: number, limit: number) => Promise<readonly Row[]>,
  cells: (row: Row) => readonly Cell[],
): Promise<void> {
  const first = await read(0, BATCH); // what fails here is still an error page
  response.attachment(name).type('text/csv; charset=utf-8');
  response.write(BYTE_ORDER_MARK + csvLine(head));
  for (let rows = first, offset = 0; rows.length > 0; ) {
    response.write(rows.map((row) => csvLine(cells(row))).join(''));
    offset += rows.length;
    rows = rows.length < BATCH ? [] : await read(offset, BATCH);
  }
  response.end();
}
