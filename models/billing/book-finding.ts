import { Model } from 'objection';
import type { Looked } from '../durable/invariants/invariant.js';

/** How many rows at fault are kept: enough to begin looking. */
const KEPT = 10;

/** What one check found of one invariant. */
export class BookFinding extends Model {
  static override tableName = 'book_findings';
  static override idColumn = ['checkId', 'position'];
  static override jsonAttributes = ['rows', 'unknown'];

  declare checkId: string;
  declare position: number;
  /** As numbered in `docs/data-model.md`. */
  declare invariant: string;
  declare name: string;
  declare faults: number | null;
  declare rows: readonly Readonly<Record<string, unknown>>[];

  /** How many devices did not answer, and the first of them. */
  declare unknowns: number;
  declare unknown: BookFinding['rows'];

  static of(checkId: string, position: number, { invariant: { id, name }, rows, unknown = [] }: Looked) {
    const found = { faults: rows?.length ?? null, rows: (rows ?? []).slice(0, KEPT) };
    const silent = { unknowns: unknown.length, unknown: unknown.slice(0, KEPT) };
    return { checkId, position, invariant: id, name, ...found, ...silent };
  }
}
