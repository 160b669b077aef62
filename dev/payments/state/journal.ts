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
  readonly past: readonly Change[];
  /** One line a commit: after a kill it is there whole or not at all. */
  append(changes: readonly Change[]): void;
}

/** Opens the journal of a folder and writes it anew from what stands, so that it does not grow for ever. */
export function openJournal(folder: string): Journal {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'payments.journal');
  const past = existsSync(file) ? compacted(readFileSync(file, 'utf8')) : [];
  replace(file, past.map((change) => `${JSON.stringify([change])}\n`).join(''));
  return {
    past,
    append: (changes) => appendFileSync(file, `${JSON.stringify(changes)}\n`),
  };
}

/** A last line without its end was being written when the process died: it never happened. */
function compacted(text: string): Change[] {
  const lines = text.split('\n').slice(0, -1);
  const latest = new Map<string, Change>();
  for (const change of lines.flatMap((line) => JSON.parse(line) as Change[])) {
    const row = `${change.table} ${change.id}`;
    if (change.value === undefined) latest.delete(row);
    else latest.set(row, change);
  }
  return [...latest.values()];
}

function replace(file: string, text: string): void {
  const draft = openSync(`${file}.new`, 'w');
  writeSync(draft, text);
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${file}.new`, file);
}
