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
  await sendCsvBatches(response, name, head, batchesOf(read), cells);
}

/** The same from rows that come a batch at a time in a way of their own. */
export async function sendCsvBatches<Row>(
  response: Response,
  name: string,
  head: readonly string[],
  batches: AsyncIterator<readonly Row[]>,
  cells: (row: Row) => readonly Cell[],
): Promise<void> {
  let batch = await batches.next(); // what fails here is still an error page
  response.attachment(name).type('text/csv; charset=utf-8');
  response.write(BYTE_ORDER_MARK + csvLine(head));
  for (; !batch.done && !response.destroyed; batch = await batches.next()) {
    await written(response, batch.value.map((row) => csvLine(cells(row))).join(''));
  }
  response.end();
}

async function* batchesOf<Row>(
  read: (offset: number, limit: number, last?: Row) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[]> {
  let last: Row | undefined;
  for (let offset = 0; ; offset += BATCH) {
    const rows = await read(offset, BATCH, last);
    if (rows.length > 0) yield rows;
    if (rows.length < BATCH) return;
    last = rows.at(-1);
  }
}

/** Waits until it has left, or until nobody reads any more. */
async function written(response: Response, text: string): Promise<void> {
  if (response.write(text) || response.destroyed) return;
  const gone = new AbortController();
  const { signal } = gone;
  await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).catch(() => {});
  gone.abort();
}
