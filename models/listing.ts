import type { Knex } from 'knex';
import type { Model, QueryBuilder } from 'objection';
import { Contract } from './accounts/contract.js';
import type { Customer } from './accounts/customer.js';

/** A page of a list; or, for files that go on to its end, what follows one of its rows. */
export interface Stretch {
  readonly offset: number;
  readonly limit: number;
  /** The id of the last row that was read. */
  readonly after?: string | undefined;
}

/** By what a list is sorted, as SQL: never NULL, or what follows a row cannot be told. Equal ones are told apart by `tie`. */
export interface ListOrder {
  readonly table: string;
  readonly by: string;
  readonly direction: 'asc' | 'desc';
  /** Unique; the id where nothing is said. */
  readonly tie?: string;
  /** Where `by` is found for one row, where that is more than the table. */
  readonly from?: string;
}

/** Lists are counted so far and no further: nobody turns to page 1,001, and counting a million rows costs a second. */
export const COUNTED = 10_000;

/** What one sees the lists of: a customer's own, or for staff everybody's. */
export type Whose = Pick<Customer, 'id'> | 'everybody';

/** A list's rows from where the stretch begins. What follows a row is looked up by index, so that the last page costs what the first did. */
export function stretchOf<Found extends Model>(
  found: QueryBuilder<Found>,
  { table, by, direction, tie = `${table}.id`, from = table }: ListOrder,
  { offset, limit, after }: Stretch,
): QueryBuilder<Found> {
  found.orderByRaw(`${by} ${direction}, ${tie} ${direction}`).limit(limit);
  if (after === undefined) return found.offset(offset);
  const further = direction === 'asc' ? '>' : '<';
  return found.whereRaw(`(${by}, ${tie}) ${further} (SELECT ${by}, ${tie} FROM ${from} WHERE ${table}.id = ?)`, [
    after,
  ]);
}

/** How many match, at most one more than `COUNTED`. */
export async function countOf<Found extends Model>(found: QueryBuilder<Found>): Promise<number> {
  return (await counted(found)).count;
}

/** How many match, and by which contracts the list can be narrowed: one statement, since every page of a list asks both. */
export function countWithContracts<Found extends Model>(
  found: QueryBuilder<Found>,
  { id }: Pick<Customer, 'id'>,
): Promise<{ count: number; contracts: readonly ContractChoice[] }> {
  const named = `coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY is_default DESC, name), '[]')`;
  const contracts = Contract.query().where({ customerId: id }).select(Contract.raw(named));
  return counted(found, contracts);
}

export interface ContractChoice {
  readonly id: string;
  readonly name: string;
}

interface Counted {
  readonly count: number;
  readonly contracts: readonly ContractChoice[];
}

async function counted<Found extends Model>(
  found: QueryBuilder<Found>,
  contracts?: QueryBuilder<Contract>,
): Promise<Counted> {
  const knex = found.modelClass().knex();
  const one = found.modelClass().raw('1');
  const some = found
    .clearSelect()
    .select(one)
    .limit(COUNTED + 1);
  const asked = [knex.count().from(some.toKnexQuery().as('some')), ...(contracts ? [contracts.toKnexQuery()] : [])];
  const { rows } = await knex.raw<{ rows: Counted[] }>(
    `SELECT (?) AS count${contracts ? ', (?) AS contracts' : ''}`,
    asked as unknown as Knex.Value[],
  );
  return rows[0] ?? { count: 0, contracts: [] };
}

/** So many customers are looked into where a word stands in the names of more: a letter stands in all of them. */
const CUSTOMERS = 1_000;

/**
 * Finds among everybody's rows: what looks like a number by its beginning, other words in the customers' names. Each is
 * asked of an index and handed over as a list, which PostgreSQL takes to the next index: an EXISTS would read every row.
 */
export function foundByStaff<Found extends Model>(either: QueryBuilder<Found>, table: string, query: string): void {
  const ofCustomers = (condition: string) =>
    `${table}.customer_id = ANY(ARRAY(SELECT id FROM customers WHERE ${condition} ORDER BY name LIMIT ${CUSTOMERS}))`;
  if (/^[a-z]+-?[\d-]*$/i.test(query) && /[\d-]/.test(query)) {
    const beginning = `${escaped(query.toUpperCase())}%`;
    either.whereRaw(`${table}.number LIKE ?`, [beginning]).orWhereRaw(ofCustomers('number LIKE ?'), [beginning]);
  } else either.whereRaw(ofCustomers('name ILIKE ?'), [anywhere(query)]);
}

/** For `ILIKE`: anywhere inside. */
export function anywhere(query: string): string {
  return `%${escaped(query)}%`;
}

/** `%` and `_` mean themselves. */
function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
