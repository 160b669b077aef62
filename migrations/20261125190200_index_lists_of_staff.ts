import type { Knex } from 'knex';

/** Each is walked from one end for a page, and from where the last batch ended for a file; the number tells equal ones apart. */
const walked = [
  ['invoices_by_due', 'invoices', 'due_on, number'],
  ['invoices_by_issued', 'invoices', 'issued_at, number'],
  ['invoices_by_total', 'invoices', 'total_minor, number'],
  ['invoices_by_status', 'invoices', 'status, number'],
  ['orders_by_placed', 'orders', 'placed_at, number'],
  ['orders_by_total', 'orders', 'total_minor, number'],
  ['orders_by_status', 'orders', 'status, number'],
  // By customer: names in their order, and the customer's own index from there.
  ['customers_by_name', 'customers', 'name, id'],
  // The beginning of a number, which an index of another collation cannot find.
  ['invoices_number_begins', 'invoices', 'number text_pattern_ops'],
  ['orders_number_begins', 'orders', 'number text_pattern_ops'],
  ['customers_number_begins', 'customers', 'number text_pattern_ops'],
] as const;

export async function up(knex: Knex): Promise<void> {
  for (const [name, table, columns] of walked) await knex.raw(`CREATE INDEX ${name} ON ${table} (${columns})`);
  // What it held is in the new one.
  await knex.raw('DROP INDEX orders_newest');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('CREATE INDEX orders_newest ON orders (placed_at)');
  for (const [name] of walked) await knex.raw(`DROP INDEX ${name}`);
}
