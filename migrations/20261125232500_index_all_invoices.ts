import type { Knex } from 'knex';

const day = `(due_on - DATE '2000-01-01')`;

/** All invoices in the order in which staff are shown them, from either end (`models/billing/invoice-list.ts`). */
const orders = [
  ['invoices_from_today', `(CASE WHEN status = 'open' THEN ${day} ELSE 1000000 + -${day} END), number`],
  ['invoices_to_today', `(CASE WHEN status = 'open' THEN -${day} ELSE 1000000 + ${day} END), number`],
  // Narrowed to days.
  ['invoices_by_day', 'issued_on'],
] as const;

export async function up(knex: Knex): Promise<void> {
  for (const [name, columns] of orders) await knex.raw(`CREATE INDEX ${name} ON invoices (${columns})`);
}

export async function down(knex: Knex): Promise<void> {
  for (const [name] of orders) await knex.raw(`DROP INDEX ${name}`);
}
