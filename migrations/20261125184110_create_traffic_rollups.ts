import type { Knex } from 'knex';

const rollups = [
  ['traffic_hours', 3_600],
  ['traffic_days', 86_400],
] as const;

export async function up(knex: Knex): Promise<void> {
  for (const [table, seconds] of rollups) {
    // The exact sums of the intervals, kept for good: graphs of months and years are drawn from them.
    await knex.raw(
      `CREATE TABLE ?? (
         port_id uuid NOT NULL,
         starts_at timestamptz NOT NULL CHECK (extract(epoch FROM starts_at)::bigint % ${seconds} = 0),
         in_octets bigint NOT NULL CHECK (in_octets >= 0),
         out_octets bigint NOT NULL CHECK (out_octets >= 0),
         seconds integer NOT NULL CHECK (seconds BETWEEN 1 AND ${seconds}),
         PRIMARY KEY (port_id, starts_at))`,
      [table],
    );
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const [table] of rollups) await knex.schema.dropTable(table);
}
