import { setTimeout as pause } from 'node:timers/promises';
import express, { type Express } from 'express';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { visit } from '../tests/support/visitor.js';
import { sendCsv } from './csv-download.js';

const file = suite('lists as files');
interface Row {
  readonly id: number;
}
const rowsOf = (all: number) => (offset: number, limit: number) =>
  Promise.resolve(Array.from({ length: Math.min(limit, all - offset) }, (_, index) => ({ id: offset + index })));

function downloading(read: (offset: number, limit: number, last?: Row) => Promise<readonly Row[]>, text = ''): Express {
  return express().get('/', (_request, response) =>
    sendCsv(response, 'rows.csv', ['id', 'text'], read, ({ id }) => [id, text]),
  );
}

file('hold every row once, batch after batch, each told what the last row was', async () => {
  const lasts: (number | undefined)[] = [];
  const read = rowsOf(2_500);
  const visitor = await visit(
    downloading((offset, limit, last) => {
      lasts.push(last?.id);
      return read(offset, limit);
    }),
  );
  const { body, headers } = await visitor.get('/');
  await visitor.leave();
  const lines = body.trim().split('\r\n').slice(1);
  assert.is(lines.length, 2_500);
  assert.is(lines.at(-1), '2499,');
  assert.equal(lasts, [undefined, 999, 1_999]);
  assert.match(headers.get('content-disposition') ?? '', 'attachment; filename=rows.csv');
});

file('read no further than their reader does, and stop where nobody reads', async () => {
  let batches = 0;
  const read = rowsOf(1_000_000);
  const counting = (offset: number, limit: number) => {
    batches++;
    return read(offset, limit);
  };
  const visitor = await visit(downloading(counting, 'x'.repeat(1_000)));
  const leaving = new AbortController();
  const response = await fetch(visitor.origin, { signal: leaving.signal });
  await response.body?.getReader().read();
  await pause(300);
  const waiting = batches;
  await pause(300);
  assert.is(batches, waiting, 'it waits');
  assert.ok(batches < 50, `${batches} batches of a megabyte`);
  leaving.abort();
  await pause(300);
  assert.ok(batches <= waiting + 1, 'it stopped');
  await visitor.leave();
});

file.run();
