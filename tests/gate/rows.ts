import { Model } from 'objection';

/** A row with its table in front of it, as text; `sessions` and counted sign-ins are of those who ask, not of the shop. */
export type Row = { readonly table: string; readonly row: Readonly<Record<string, unknown>> };

const aside = new Set(['sessions', 'staff_sessions', 'sign_in_attempts', 'knex_migrations', 'knex_migrations_lock']);
let statement: string | undefined;

/** All that the database holds, in one statement. */
export async function everyRow(): Promise<Row[]> {
  const knex = Model.knex();
  statement ??= await written();
  return (await knex.raw(statement)).rows;
}

async function written(): Promise<string> {
  const found =
    await Model.knex().raw(`SELECT c.relname AS name FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    AND c.relkind IN ('r', 'p') AND NOT c.relispartition`);
  const names = (found.rows as { name: string }[]).map(({ name }) => name).filter((name) => !aside.has(name));
  return names.map((name) => `SELECT '${name}' AS "table", to_jsonb(t) AS "row" FROM "${name}" t`).join(' UNION ALL ');
}

export interface Change {
  readonly table: string;
  /** Nothing for a new row. */
  readonly was: Row['row'] | undefined;
  /** Nothing for one that is gone. */
  readonly is: Row['row'] | undefined;
}

/** Which rows are new, gone or different. */
export function changesBetween(before: readonly Row[], after: readonly Row[]): Change[] {
  const [was, is] = [byKey(before), byKey(after)];
  const gone = [...was].filter(([key]) => !is.has(key));
  const differing = [...is].filter(([key, { row }]) => JSON.stringify(was.get(key)?.row) !== JSON.stringify(row));
  return [
    ...gone.map(([, { table, row }]) => ({ table, was: row, is: undefined })),
    ...differing.map(([key, { table, row }]) => ({ table, was: was.get(key)?.row, is: row })),
  ];
}

function byKey(rows: readonly Row[]): Map<string, Row> {
  return new Map(rows.map((each) => [`${each.table} ${keyOf(each.row)}`, each]));
}

const keys = ['id', 'service_id', 'switch_port_id', 'server_id', 'user_id', 'workflow_id'];

function keyOf(row: Row['row']): string {
  const key = keys.find((name) => row[name] !== undefined);
  return key ? String(row[key]) + (row.choice_id ?? row.customer_id ?? '') : JSON.stringify(row);
}
