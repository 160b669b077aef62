import { type Change, openJournal } from './journal.js';
import { type Held, type Reading, type Row, Rows } from './rows.js';

export type { Reading, Row, Where } from './rows.js';

export interface Table<Kind extends Row> {
  readonly size: number;
  get(id: string): Kind | undefined;
  /** A row is replaced, never changed in place. */
  put(row: Kind): Kind;
  remove(id: string): void;
  newestFirst(): Kind[];
  /** One by one, so that who stops early has read no more. */
  newest(reading?: Reading): Iterable<Kind>;
  oldest(reading?: Reading): Iterable<Kind>;
  /** Shows each row that is there, and each that is put, even when its commit then fails. */
  watch(seen: (row: Kind) => void): void;
}

export interface Store {
  /** `by`: the fields its rows are looked for by. */
  table<Kind extends Row>(name: string, by?: readonly (keyof Kind & string)[]): Table<Kind>;
  /** What the work put is kept together, or, when it throws, not at all. Work within work joins it. */
  commit<Answer>(work: () => Answer): Answer;
  /** Rows read since the start, in all tables. */
  looks(): number;
}

/** Tables in memory, in the order in which their rows came; kept in a folder where one is named. */
export function openStore(folder?: string): Store {
  const journal = folder === undefined ? undefined : openJournal(folder);
  const tables = new Map<string, Rows>();
  const past = new Map<string, Row[]>();
  let unit: { changes: Change[]; undo: (() => void)[] } | undefined;

  for (const { table, value } of journal?.past ?? []) {
    const rows = past.get(table) ?? [];
    past.set(table, rows);
    rows.push(value as Row);
  }

  return {
    table<Kind extends Row>(name: string, by?: readonly string[]): Table<Kind> {
      const rows = new Rows(by);
      const watchers: ((row: Kind) => void)[] = [];
      tables.set(name, rows);
      for (const row of past.get(name) ?? []) rows.put(row);
      past.delete(name);
      return {
        get size() {
          return rows.size;
        },
        get: (id) => rows.find(id)?.row as Kind | undefined,
        put: (row) => {
          change(name, rows, row.id, row);
          for (const seen of watchers) seen(row);
          return row;
        },
        remove: (id) => change(name, rows, id, undefined),
        newestFirst: () => [...rows.newest({})] as Kind[],
        newest: (reading = {}) => rows.newest(reading) as Iterable<Kind>,
        oldest: (reading = {}) => rows.oldest(reading) as Iterable<Kind>,
        watch(seen) {
          for (const row of rows.oldest({})) seen(row as Kind);
          watchers.push(seen);
        },
      };
    },

    commit(work) {
      if (unit) return work();
      unit = { changes: [], undo: [] };
      try {
        const answer = work();
        if (unit.changes.length > 0) journal?.append(unit.changes);
        return answer;
      } catch (error) {
        for (const step of unit.undo.reverse()) step();
        throw error;
      } finally {
        unit = undefined;
      }
    },

    looks: () => [...tables.values()].reduce((sum, { looks }) => sum + looks, 0),
  };

  function change(table: string, rows: Rows, id: string, value: Row | undefined): void {
    if (!unit) throw new Error(`${table} is changed outside a commit`);
    unit.undo.push(undoing(rows, id, rows.find(id)));
    unit.changes.push({ table, id, value });
    if (value) rows.put(value);
    else rows.remove(id);
  }
}

function undoing(rows: Rows, id: string, held: Held | undefined): () => void {
  if (!held) return () => rows.remove(id);
  const { place, row } = held;
  return () => (rows.find(id) ? rows.put(row) : rows.restore({ place, row }));
}
