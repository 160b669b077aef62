import type { Knex } from 'knex';

export async function up(knex: Knex): Promise<void> {
  // Partitions are months of UTC, made as they are needed, so that a month past its time goes without a DELETE.
  // No foreign key: what was counted outlives the port, and traffic may be kept in another store altogether.
  await knex.raw(`
    CREATE TABLE traffic_intervals (
      port_id uuid NOT NULL,
      starts_at timestamptz NOT NULL CONSTRAINT traffic_intervals_whole CHECK (extract(epoch FROM starts_at)::bigint % 300 = 0),
      in_octets bigint NOT NULL CHECK (in_octets >= 0),
      out_octets bigint NOT NULL CHECK (out_octets >= 0),
      seconds smallint NOT NULL CHECK (seconds BETWEEN 1 AND 300),
      PRIMARY KEY (port_id, starts_at)
    ) PARTITION BY RANGE (starts_at)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.schema.dropTable('traffic_intervals');
}
