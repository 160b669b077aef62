import { type Change, openJournal } from './journal.js';

export interface Row {
  readonly id: string;
}

export interface Table<Kind extends Row> {
  get(id: string): Kind | undefined;
  /** A row is replaced, never changed in place. */
  put(row: Kind): Kind;
  remove(id: string): void;
  newestFirst(): Kind[];
}

export interface Store {
  table<Kind extends Row>(name: string): Table<Kind>;
  /** What the work put is kept together, or, when it throws, not at all. Work within work joins it. */
  commit<Answer>(work: () => Answer): Answer;
}

/** Tables in memory, in the order in which their rows came; kept in a folder where one is named. */
export function openStore(folder?: string): Store {
  const journal = folder === undefined ? undefined : openJournal(folder);
  const tables = new Map<string, Map<string, Row>>();
  let unit: { changes: Change[]; undo: (() => void)[] } | undefined;

  for (const { table, id, value } of journal?.past ?? []) rowsOf(table).set(id, value as Row);

  return {
    table: <Kind extends Row>(name: string): Table<Kind> => ({
      get: (id) => rowsOf(name).get(id) as Kind | undefined,
      put: (row) => change(name, row.id, row),
      remove: (id) => change(name, id, undefined),
      newestFirst: () => [...rowsOf(name).values()].reverse() as Kind[],
    }),

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
  };

  function rowsOf(name: string): Map<string, Row> {
    const known = tables.get(name) ?? new Map<string, Row>();
    tables.set(name, known);
    return known;
  }

  function change<Value extends Row | undefined>(table: string, id: string, value: Value): Value {
    if (!unit) throw new Error(`${table} is changed outside a commit`);
    const rows = rowsOf(table);
    const before = rows.get(id);
    unit.undo.push(() => (before ? rows.set(id, before) : rows.delete(id)));
    unit.changes.push({ table, id, value });
    if (value) rows.set(id, value);
    else rows.delete(id);
    return value;
  }
}
