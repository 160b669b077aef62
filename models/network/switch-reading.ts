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

  static async keep(reading: SwitchReadingRow): Promise<void> {
    // A collector that never heard it knows less than the one before.
    const answeredAt = reading.answeredAt ?? SwitchReading.raw('switch_readings.answered_at');
    await SwitchReading.query()
      .insert(reading)
      .onConflict('switchId')
      .merge({ ...reading, answeredAt: answeredAt as Date });
  }
}

export type SwitchReadingRow = Omit<SwitchReading, keyof Model>;
