import type { Row } from '../state/store.js';
import { noSuch } from './failures.js';

export interface Paging {
  readonly limit?: number;
  readonly starting_after?: string;
  readonly ending_before?: string;
}

/** A page of what is newest first. https://docs.stripe.com/api/pagination */
export function page(url: string, rows: readonly Row[], { limit = 10, starting_after, ending_before }: Paging) {
  if (ending_before !== undefined) {
    const newer = rows.slice(0, placeOf(rows, ending_before, 'ending_before'));
    return { object: 'list', url, has_more: newer.length > limit, data: newer.slice(-limit) };
  }
  const from = starting_after === undefined ? 0 : placeOf(rows, starting_after, 'starting_after') + 1;
  return { object: 'list', url, has_more: rows.length > from + limit, data: rows.slice(from, from + limit) };
}

function placeOf(rows: readonly Row[], id: string, param: string): number {
  const place = rows.findIndex((row) => row.id === id);
  if (place < 0) throw noSuch('object', id, param, 400);
  return place;
}
