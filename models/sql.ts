import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { snakeCaseMappers } from 'objection';
import { askPrepared } from './prepared.js';

/** A piece of SQL with its values. Made by `sql` alone, so that what comes in from outside is always a value. */
export class Sql {
  constructor(
    readonly text: string,
    readonly values: readonly Knex.Value[],
  ) {}
}

/** sql`customer_id = ${id} AND ${further}`: pieces are put in as they stand, all else is handed over as a value. */
export function sql(parts: TemplateStringsArray, ...given: readonly (Sql | Knex.Value)[]): Sql {
  const values: Knex.Value[] = [];
  const written = given.map((each, at) => {
    const piece = each instanceof Sql ? each : new Sql('?', [each]);
    values.push(...piece.values);
    return piece.text + parts[at + 1];
  });
  return new Sql(parts[0] + written.join(''), values);
}

/** SQL that stands elsewhere in the code as text. */
export function asWritten(text: string): Sql {
  return new Sql(text, []);
}

/** Those of the conditions that are asked for; none of them is no condition. */
export function allOf(conditions: readonly (Sql | false | '' | undefined)[]): Sql {
  return (
    joined(
      conditions.filter((each) => each instanceof Sql),
      ' AND ',
    ) ?? asWritten('true')
  );
}

export function anyOf(conditions: readonly Sql[]): Sql {
  return joined(conditions, ' OR ') ?? asWritten('false');
}

export function listOf(pieces: readonly Sql[]): Sql {
  return joined(pieces, ', ') ?? asWritten('');
}

function joined(pieces: readonly Sql[], by: string): Sql | undefined {
  if (pieces.length === 0) return;
  return new Sql(
    pieces.map(({ text }) => text).join(by),
    pieces.flatMap(({ values }) => values),
  );
}

/** A whole number as it stands: the planner then knows how few rows a page takes. */
export function whole(count: number): Sql {
  if (!Number.isSafeInteger(count)) throw new RangeError(`${count} is no whole number`);
  return asWritten(String(count));
}

const { format } = snakeCaseMappers();

/** Columns of a table, each called as in code: `invoices.due_on AS "dueOn"`. */
export function columnsOf(table: string, ...names: readonly string[]): Sql {
  return asWritten(names.map((name) => `${table}.${Object.keys(format({ [name]: 0 }))[0]} AS "${name}"`).join(', '));
}

/** Statements that PostgreSQL keeps: as many as people use of all that can be put together from a list's wishes. */
const KEPT = 200;
const names = new Map<string, string>();

/** Rows of a statement that was put together. One that is `kept` is planned for all values alike: not what searches by words. */
export async function rowsOf<Row>(knex: Knex, { text, values }: Sql, { kept = false } = {}): Promise<Row[]> {
  const name = kept ? nameOf(text) : undefined;
  if (name) return askPrepared<Row>(knex, name, text, values);
  return (await knex.raw<{ rows: Row[] }>(text, values)).rows;
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= KEPT) return known;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 24);
  names.set(text, name);
  return name;
}
