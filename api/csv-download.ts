import { once } from 'node:events';
import type { Response } from 'express';
import { type Cell, csvLine } from './presenters/csv.js';

/** By this mark spreadsheets know UTF-8. */
const BYTE_ORDER_MARK = '\uFEFF';
const BATCH = 1_000;

/**
 * Sends all that matches as a file, read from the database in batches, the next one when the last has left: however long
 * the list and however slow its reader, no more is held. `read` gets where to begin, how many, and the last row before.
 */
export async function sendCsv<Row>(
  response: Response,
  name: string,
  head: readonly string[],
  read: (offset: number, limit: number, last?: Row) => Promise<readonly Row[]>,
  cells: (row: Row) => readonly Cell[],
): Promise<void> {
  const first = await read(0, BATCH); // what fails here is still an error page
  response.attachment(name).type('text/csv; charset=utf-8');
  response.write(BYTE_ORDER_MARK + csvLine(head));
  for (let rows = first, offset = 0; rows.length > 0 && !response.destroyed; ) {
    await written(response, rows.map((row) => csvLine(cells(row))).join(''));
    offset += rows.length;
    rows = rows.length < BATCH ? [] : await read(offset, BATCH, rows.at(-1));
  }
  response.end();
}

/** Waits until it has left, or until nobody reads any more. */
async function written(response: Response, text: string): Promise<void> {
  if (response.write(text) || response.destroyed) return;
  const gone = new AbortController();
  const { signal } = gone;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).catch(() => {});
  gone.abort();
}
