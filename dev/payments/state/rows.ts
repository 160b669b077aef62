export interface Row {
  readonly id: string;
}

/** A row and its place in the order in which rows came; a row that changes keeps its place. */
export interface Held {
  readonly place: number;
  row: Row;
}

export type Where = Readonly<Record<string, unknown>>;

export interface Reading {
  /** What the rows' fields must be; a field that is undefined is not asked for. */
  readonly where?: Where;
  /** The row to go on from, itself left out. */
  readonly beyond?: string;
}

/** The rows of one table in their order, and again in that order under each value of the fields they are looked for by. */
export class Rows {
  /** Rows handed out so far: what reading costs, whatever the clock says. */
  looks = 0;
  private readonly held = new Map<string, Held>();
  private readonly order: Held[] = [];
  private readonly indexes: ReadonlyMap<string, Map<unknown, Held[]>>;
  private lastPlace = 0;

  constructor(by: readonly string[] = []) {
    this.indexes = new Map(by.map((field) => [field, new Map()]));
  }

  get size(): number {
    return this.held.size;
  }

  find(id: string): Held | undefined {
    this.looks += 1;
    return this.held.get(id);
  }

  put(row: Row): void {
    const before = this.held.get(row.id);
    if (!before) {
      this.restore({ place: ++this.lastPlace, row });
      return;
    }
    const [old, next] = [before.row as unknown as Where, row as unknown as Where];
    const moved = [...this.indexes].filter(([field]) => old[field] !== next[field]);
    for (const [field, index] of moved) takeOut(index.get(old[field]) ?? [], before.place);
    before.row = row;
    for (const [field, index] of moved) insert(under(index, next[field]), before);
  }

  /** Puts a row back where it was. */
  restore(held: Held): void {
    this.held.set(held.row.id, held);
    insert(this.order, held);
    for (const [field, index] of this.indexes) insert(under(index, (held.row as unknown as Where)[field]), held);
  }

  remove(id: string): void {
    const held = this.held.get(id);
    if (!held) return;
    this.held.delete(id);
    takeOut(this.order, held.place);
    for (const [field, index] of this.indexes) {
      const value = (held.row as unknown as Where)[field];
      const rows = index.get(value) ?? [];
      takeOut(rows, held.place);
      if (rows.length === 0) index.delete(value);
    }
  }

  *newest({ where = {}, beyond }: Reading): Generator<Row> {
    const rows = this.narrowest(where);
    for (let at = (beyond === undefined ? rows.length : bisect(rows, this.placeOf(beyond))) - 1; at >= 0; at -= 1) {
      const row = this.matching(rows[at], where);
      if (row) yield row;
    }
  }

  *oldest({ where = {}, beyond }: Reading): Generator<Row> {
    const rows = this.narrowest(where);
    for (let at = beyond === undefined ? 0 : bisect(rows, this.placeOf(beyond) + 1); at < rows.length; at += 1) {
      const row = this.matching(rows[at], where);
      if (row) yield row;
    }
  }

  private matching(held: Held | undefined, where: Where): Row | undefined {
    this.looks += 1;
    const row = held?.row as unknown as Where | undefined;
    const matches = row && Object.entries(where).every(([field, value]) => value === undefined || row[field] === value);
    return matches ? held?.row : undefined;
  }

  private narrowest(where: Where): readonly Held[] {
    const asked = [...this.indexes].filter(([field]) => where[field] !== undefined);
    const found = asked.map(([field, index]) => index.get(where[field]) ?? []);
    return found.reduce((least, rows) => (rows.length < least.length ? rows : least), this.order);
  }

  private placeOf(id: string): number {
    return this.held.get(id)?.place ?? 0;
  }
}

function under(index: Map<unknown, Held[]>, value: unknown): Held[] {
  const known = index.get(value) ?? [];
  index.set(value, known);
  return known;
}

function insert(rows: Held[], held: Held): void {
  if ((rows.at(-1)?.place ?? 0) < held.place) rows.push(held);
  else rows.splice(bisect(rows, held.place), 0, held);
}

function takeOut(rows: Held[], place: number): void {
  const at = bisect(rows, place);
  if (rows[at]?.place === place) rows.splice(at, 1);
}

/** Where the first row of that place or a later one stands. */
function bisect(rows: readonly Held[], place: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.place ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
