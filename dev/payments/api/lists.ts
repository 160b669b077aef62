import { z } from 'zod';
import type { Row, Table, Where } from '../state/store.js';
import { noSuch } from './failures.js';
import { text, whole } from './parameters.js';

const moments = z.strictObject({
  gt: whole.optional(),
  gte: whole.optional(),
  lt: whole.optional(),
  lte: whole.optional(),
});

/** What every list takes. */
export const paging = {
  limit: whole.pipe(z.number().min(1).max(100)).optional(),
  starting_after: text.optional(),
  ending_before: text.optional(),
};

/** For the lists that can be cut by time, Unix seconds. */
export const dated = { ...paging, created: z.union([whole, moments]).optional() };

type Moments = z.output<typeof moments>;

export interface Paging {
  readonly limit?: number;
  readonly starting_after?: string;
  readonly ending_before?: string;
  readonly created?: number | Moments;
}

interface Choice<Kind> {
  /** What the rows' fields must be; undefined is not asked for. */
  readonly where?: Where;
  readonly keep?: (row: Kind) => boolean;
  readonly shown?: (row: Kind) => object;
}

/** A page of what is newest first, read no further than it goes. https://docs.stripe.com/api/pagination */
export function page<Kind extends Row>(url: string, table: Table<Kind>, at: Paging, choice: Choice<Kind> = {}) {
  const { limit = 10, starting_after, ending_before, created } = at;
  const { where, keep = () => true, shown = (row) => row } = choice;
  const within = spanOf(created);
  const backwards = ending_before !== undefined;
  const beyond = placed(table, backwards ? 'ending_before' : 'starting_after', ending_before ?? starting_after);

  const found: Kind[] = [];
  for (const row of backwards ? table.oldest({ where, beyond }) : table.newest({ where, beyond })) {
    const moment = (row as { created?: number }).created ?? 0;
    // Rows came in the order of their time: past the span's far end there is nothing more.
    if (backwards ? moment > within.to : moment < within.from) break;
    if (moment < within.from || moment > within.to || !keep(row)) continue;
    found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return { object: 'list', url, has_more: found.length > limit, data: (backwards ? data.reverse() : data).map(shown) };
}

function placed(table: Table<Row>, param: string, id: string | undefined): string | undefined {
  if (id !== undefined && !table.get(id)) throw noSuch('object', id, param, 400);
  return id;
}

function spanOf(created: Paging['created']): { from: number; to: number } {
  if (typeof created === 'number') return { from: created, to: created };
  const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = created ?? {};
  return { from: Math.max(gt + 1, gte), to: Math.min(lt - 1, lte) };
}
