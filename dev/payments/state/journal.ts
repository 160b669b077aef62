import {
  appendFileSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';

/** A row as it stands after a change; without a value it is gone. */
export interface Change {
  readonly table: string;
  readonly id: string;
  readonly value?: unknown;
}

export interface Journal {
  /** What an earlier process left, in the order it happened. */
  readonly past: Iterable<Change>;
  /** One line a commit: after a kill it is there whole or not at all. */
  append(changes: readonly Change[]): void;
}

const LINE_END = 10;

/** Opens the journal of a folder and writes it anew from what stands, so that it does not grow for ever. */
export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'payments.journal');
  const past = existsSync(file) ? compacted(readFileSync(file)) : [];
  replace(file, past);
  return {
    past,
    append: (changes) => appendFileSync(file, `${JSON.stringify(changes)}\n`),
  };
}

/** A last line without its end was being written when the process died: it never happened. */
function compacted(file: Buffer): Change[] {
  const latest = new Map<string, Change>();
  for (let from = 0, end = file.indexOf(LINE_END); end >= 0; from = end + 1, end = file.indexOf(LINE_END, from)) {
    for (const change of JSON.parse(file.toString('utf8', from, end)) as Change[]) {
      const row = `${change.table} ${change.id}`;
      if (change.value === undefined) latest.delete(row);
      else latest.set(row, change);
    }
  }
  return [...latest.values()];
}

const LINES_AT_ONCE = 1000;

function replace(file: string, changes: readonly Change[]): void {
  const draft = openSync(`${file}.new`, 'w');
  for (let from = 0; from < changes.length; from += LINES_AT_ONCE) {
    const lines = changes.slice(from, from + LINES_AT_ONCE).map((change) => `${JSON.stringify([change])}\n`);
    writeSync(draft, lines.join(''));
  }
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${file}.new`, file);
}
