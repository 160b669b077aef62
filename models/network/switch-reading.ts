import { Model } from 'objection';

/** How a switch answers whoever reads it. */
export class SwitchReading extends Model {
  static override tableName = 'switch_readings';
  static override idColumn = 'switchId';

  declare switchId: string;
  declare collector: string;
  /** Nothing where it never did. */
  declare answeredAt: Date | null;
  declare failingSince: Date | null;
  declare failure: string | null;
  declare upSince: Date | null;
  declare unreadableValues: number;

  /** One statement for many switches; one that was taken away meanwhile is passed over. */
  static async keep(readings: readonly SwitchReadingRow[]): Promise<void> {
    if (readings.length === 0) return;
    await SwitchReading.knex().raw(
      `INSERT INTO switch_readings (switch_id, collector, answered_at, failing_since, failure, up_since, unreadable_values)
       SELECT r."switchId", r.collector, r."answeredAt", r."failingSince", r.failure, r."upSince", r."unreadableValues"
       FROM jsonb_to_recordset(?::jsonb) AS r ("switchId" uuid, collector text, "answeredAt" timestamptz,
         "failingSince" timestamptz, failure text, "upSince" timestamptz, "unreadableValues" integer)
       JOIN switches s ON s.id = r."switchId"
       ON CONFLICT (switch_id) DO UPDATE SET collector = excluded.collector,
         -- A collector that never heard it knows less than the one before.
         answered_at = coalesce(excluded.answered_at, switch_readings.answered_at),
         failing_since = excluded.failing_since, failure = excluded.failure,
         up_since = coalesce(excluded.up_since, switch_readings.up_since), unreadable_values = excluded.unreadable_values`,
      [JSON.stringify(readings)],
    );
  }
}

export type SwitchReadingRow = Omit<SwitchReading, keyof Model>;
