import { Model } from 'objection';
import type { Power } from '../../rules/servers/power-commands.js';

/** What was last read of a machine's power. Pages show it with its age, and never ask the machine themselves. */
export class PowerReading extends Model {
  static override tableName = 'power_readings';
  static override idColumn = 'serverId';

  declare serverId: string;
  declare power: Power;
  declare readAt: Date;

  /** A reading that arrives late does not replace a younger one. */
  static async note(serverId: string, power: Power, readAt: Date): Promise<void> {
    await PowerReading.query()
      .insert({ serverId, power, readAt })
      .onConflict('serverId')
      .merge()
      .where('power_readings.readAt', '<=', readAt);
  }
}
