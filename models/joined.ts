import { type Model, snakeCaseMappers } from 'objection';

/** Some columns of a joined statement that together make a model. */
export interface Joined<Found extends Model> {
  /** For the list of a SELECT. */
  readonly columns: string;
  /** The model that a row of the statement holds. */
  of(row: Readonly<Record<string, unknown>>): Found;
}

const { format } = snakeCaseMappers();

/** All columns of a model's table by name, each called as the model has it: `user:lastSignInAt`. */
export async function joined<Found extends Model>(
  model: typeof Model & (new () => Found),
  as: string,
): Promise<Joined<Found>> {
  const { columns } = await model.fetchTableMetadata();
  const named = columns.map((name) => ({
    name,
    alias: `${as}:${name}`,
    column: Object.keys(format({ [name]: 0 }))[0],
  }));
  const of = (row: Readonly<Record<string, unknown>>) => {
    const values: Record<string, unknown> = {};
    for (const { name, alias } of named) values[name] = row[alias];
    return model.fromDatabaseJson(values) as Found;
  };
  return { columns: named.map(({ alias, column }) => `"${as}".${column} AS "${alias}"`).join(', '), of };
}
