import { Model } from 'objection';

/** What is asked of the database while something is done: for tests that count. */
export async function statementsDuring(work: () => Promise<unknown>): Promise<string[]> {
  const knex = Model.knex();
  const asked: string[] = [];
  const hear = ({ sql }: { sql: string }) => asked.push(sql);
  knex.on('query', hear);
  try {
    await work();
  } finally {
    knex.off('query', hear);
  }
  return asked;
}
