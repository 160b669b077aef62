import type { Row, Table } from './store.js';

export interface Due extends Row {
  /** Unix milliseconds. */
  readonly dueAt: number;
}

/** Which rows of a table are due, found without going through those that are not. */
export interface Timer<Kind extends Due> {
  /** Soonest first, each once, or again when it was put with another time. */
  due(asked?: { withinMs?: number; atMost?: number }): Kind[];
  /** Sleeps until the next one is due, an hour at most. */
  rest(): void;
  stop(): void;
}

const LONGEST_REST_MS = 3_600_000;

export function createTimer<Kind extends Due>(table: Table<Kind>, now: () => Date, wake: () => void): Timer<Kind> {
  const heap: Kind[] = [];
  let sleeping: NodeJS.Timeout | undefined;
  let stopped = false;
  table.watch((row) => push(heap, row));

  return {
    due({ withinMs = 0, atMost = Number.POSITIVE_INFINITY } = {}) {
      const until = now().getTime() + withinMs;
      const found = new Map<string, Kind>();
      for (let first = heap[0]; first && first.dueAt <= until && found.size < atMost; first = heap[0]) {
        pop(heap);
        // What was removed or put off since stands in the heap as it once was.
        if (table.get(first.id)?.dueAt === first.dueAt) found.set(first.id, first);
      }
      return [...found.values()];
    },
    rest() {
      clearTimeout(sleeping);
      const [first] = heap;
      if (!first || stopped) return;
      const ms = Math.min(Math.max(first.dueAt - now().getTime(), 0), LONGEST_REST_MS);
      sleeping = setTimeout(wake, ms).unref();
    },
    stop() {
      stopped = true;
      clearTimeout(sleeping);
    },
  };
}

/** A binary heap: soonest on top; what is due at the same moment has no order. */
function push<Kind extends Due>(heap: Kind[], row: Kind): void {
  let at = heap.push(row) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (dueAt(heap, parent) <= row.dueAt) break;
    swap(heap, at, parent);
    at = parent;
  }
}

function pop<Kind extends Due>(heap: Kind[]): void {
  const last = heap.pop();
  if (!last || heap.length === 0) return;
  heap[0] = last;
  for (let at = 0; ; ) {
    const [left, right] = [2 * at + 1, 2 * at + 2];
    const soonest = dueAt(heap, right) < dueAt(heap, left) ? right : left;
    if (dueAt(heap, soonest) >= last.dueAt) return;
    swap(heap, at, soonest);
    at = soonest;
  }
}

function dueAt(heap: readonly Due[], at: number): number {
  return heap[at]?.dueAt ?? Number.POSITIVE_INFINITY;
}

function swap<Kind>(heap: Kind[], one: number, other: number): void {
  [heap[one], heap[other]] = [heap[other] as Kind, heap[one] as Kind];
}
