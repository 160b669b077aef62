import { Contract } from './accounts/contract.js';
import type { Customer } from './accounts/customer.js';
import { allOf, rowsOf, type Sql, sql, whole } from './sql.js';

/** A page of a list; or, for files that go on to its end, what follows one of its rows. */
export interface Stretch {
  readonly offset: number;
  readonly limit: number;
  /** The id of the last row that was read. */
  readonly after?: string | undefined;
}

/** What a list is of: the rows of a table that fulfil a condition, by what they are sorted. */
export interface Listing {
  /** The table by its own name, with what else condition and order look at. */
  readonly from: Sql;
  readonly where: Sql;
  /** Never NULL, or what follows a row cannot be told. */
  readonly by: Sql;
  readonly direction: 'asc' | 'desc';
  /** Unique: tells equal ones apart. */
  readonly tie: Sql;
  /** The table's id, by which a stretch names the row that it follows. */
  readonly id: Sql;
  /** Whether it is often asked, so that PostgreSQL keeps the plan of its first page. */
  readonly kept: boolean;
}

/** Rows of a list and, on a page, how many there are on all pages. */
export interface Page<Row> {
  readonly listed: readonly Row[];
  readonly count: number;
}

/** Lists are counted so far and no further: nobody turns to page 1,001, and counting a million rows costs a second. */
export const COUNTED = 10_000;

/** What one sees the lists of: a customer's own, or for staff everybody's. */
export type Whose = Pick<Customer, 'id'> | 'everybody';

const directions = { asc: sql`ASC`, desc: sql`DESC` } as const;

export function orderOf({ by, tie, direction }: Listing): Sql {
  return sql`${by} ${directions[direction]}, ${tie} ${directions[direction]}`;
}

/**
 * `columns` of a list's rows from where the stretch begins. What follows a row is looked up by index, so that the last
 * page costs what the first did.
 */
export function stretchOf(listing: Listing, columns: Sql, { offset, limit, after }: Stretch): Sql {
  const { from, where, by, tie, id, direction } = listing;
  const further = direction === 'asc' ? sql`>` : sql`<`;
  const begins =
    after !== undefined && sql`(${by}, ${tie}) ${further} (SELECT ${by}, ${tie} FROM ${from} WHERE ${id} = ${after})`;
  const rows = sql`SELECT ${columns} FROM ${from} WHERE ${allOf([where, begins])}`;
  return sql`${rows} ORDER BY ${orderOf(listing)} LIMIT ${whole(limit)} OFFSET ${whole(after === undefined ? offset : 0)}`;
}

function counted({ from, where }: Listing): Sql {
  return sql`(SELECT count(*) FROM (SELECT FROM ${from} WHERE ${where} LIMIT ${whole(COUNTED + 1)}) AS found)`;
}

/** A page with what is said beside its list, whatever that list shows. */
export interface PageWith<Row, Beside> extends Page<Row> {
  readonly beside: Beside;
}

/**
 * A page with how many rows there are, in one statement; two only where none is on it. `rows` selects what the list shows
 * of a stretch, and further columns that it is given; `beside` is a statement of one row, which comes as JSON has it.
 */
export async function pageOf<Row, Beside = null>(
  listing: Listing,
  { offset }: Stretch,
  rows: (further: Sql) => Sql,
  beside?: Sql,
): Promise<PageWith<Row, Beside>> {
  const knex = Contract.knex();
  const told = beside ? sql`(SELECT row_to_json(told)::text FROM (${beside}) AS told)` : sql`'null'`;
  const further = sql`${counted(listing)} AS matching, ${told} AS beside`; // as text, or each row would be read anew
  const kept = listing.kept && offset === 0;
  const listed = await rowsOf<Row & Counted>(knex, rows(sql`, ${further}`), { kept });
  const [first] = listed[0] || (offset === 0 && !beside) ? listed : await rowsOf<Counted>(knex, sql`SELECT ${further}`);
  return { listed, count: first?.matching ?? 0, beside: JSON.parse(first?.beside ?? 'null') };
}

interface Counted {
  readonly matching: number;
  readonly beside: string;
}

/** How many match, at most one more than `COUNTED`. */
export async function countOf(listing: Listing): Promise<number> {
  const [found] = await rowsOf<{ count: number }>(Contract.knex(), sql`SELECT ${counted(listing)} AS count`);
  return found?.count ?? 0;
}

export interface ContractChoice {
  readonly id: string;
  readonly name: string;
}

/** By which contracts a customer's list can be narrowed: `beside` it. */
export interface OfContracts {
  readonly contracts: readonly ContractChoice[];
}

/** Those of a customer, as a value of a statement. */
export function contractsOf({ id }: Pick<Customer, 'id'>): Sql {
  return sql`(SELECT coalesce(json_agg(json_build_object('id', id, 'name', name) ORDER BY is_default DESC, name), '[]')
    FROM contracts WHERE customer_id = ${id})`;
}

/** So many customers are looked into where a word stands in the names of more: a letter stands in all of them. */
const CUSTOMERS = 1_000;

/**
 * Finds among everybody's rows: what looks like a number by its beginning, other words in the customers' names. Each is
 * asked of an index and handed over as a list, which PostgreSQL takes to the next index: an EXISTS would read every row.
 */
export function foundByStaff(query: string, { number, customer }: Readonly<Record<'number' | 'customer', Sql>>): Sql {
  const ofCustomers = (condition: Sql) =>
    sql`${customer} = ANY(ARRAY(SELECT id FROM customers WHERE ${condition} ORDER BY name LIMIT ${whole(CUSTOMERS)}))`;
  const isNumber = /^[a-z]+-?[\d-]*$/i.test(query) && /[\d-]/.test(query);
  if (!isNumber) return ofCustomers(sql`name ILIKE ${anywhere(query)}`);
  const beginning = `${escaped(query.toUpperCase())}%`;
  return sql`(${number} LIKE ${beginning} OR ${ofCustomers(sql`number LIKE ${beginning}`)})`;
}

/** For `ILIKE`: anywhere inside. */
export function anywhere(query: string): string {
  return `%${escaped(query)}%`;
}

/** `%` and `_` mean themselves. */
function escaped(text: string): string {
  return text.replaceAll(/[\\%_]/g, '\\$&');
}
