import { Model } from 'objection';
import { noticedAt } from '../../rules/durable/automation-sleep.js';
import { EmergencyStop } from './emergency-stop.js';

const name = 'automation';

/** When automation was last seen awake: one row, written every minute by a schedule. */
export class AutomationPulse extends Model {
  static override tableName = 'automation_pulse';
  static override idColumn = 'name';

  declare name: 'automation';
  declare beatAt: Date;

  /** Automation is awake. Was it away for long, or does its clock go back, it holds what would come in bulk. */
  static async beat(now: Date): Promise<void> {
    await AutomationPulse.transaction(async (trx) => {
      await AutomationPulse.query(trx).insert({ name, beatAt: now }).onConflict('name').ignore();
      const pulse = await AutomationPulse.query(trx).findById(name).forUpdate().throwIfNotFound();
      const noticed = noticedAt(pulse.beatAt, now);
      if (noticed) {
        const cause = { noticed, from: pulse.beatAt.toISOString(), to: now.toISOString() };
        await EmergencyStop.setByAutomation(cause, now, trx);
      } else if (now < pulse.beatAt) return; // another worker's clock is a little ahead
      await pulse.$query(trx).patch({ beatAt: now });
    });
  }

  /** Asked before what comes in bulk: timers that ran out during a sleep are quicker than the first beat after it. */
  static async notice(now: Date): Promise<void> {
    const pulse = await AutomationPulse.query().findById(name);
    if (pulse && noticedAt(pulse.beatAt, now)) await AutomationPulse.beat(now);
  }
}
