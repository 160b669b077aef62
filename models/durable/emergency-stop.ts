import { Model, type QueryBuilder, type Transaction, UniqueViolationError } from 'objection';
import type { Noticed } from '../../rules/durable/automation-sleep.js';
import type { StopKind } from '../../rules/durable/stops.js';
import { stopRelease } from '../../workflows/messages/stop-release.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { StaffMember } from '../accounts/staff-member.js';
import { ProcessStart } from './process-start.js';

/** What automation noticed before it stopped by itself; ISO 8601 instants. */
export interface StopCause {
  readonly noticed: Noticed;
  readonly from: string;
  readonly to: string;
}

/** Automation, or one kind of its acts, held by somebody, since when and why. A lifted one stays as history. */
export class EmergencyStop extends Model {
  static override tableName = 'emergency_stops';
  static override jsonAttributes = ['cause'];

  declare id: string;
  declare kind: StopKind;
  /** In the words of whoever set it; nothing where automation did, which has a cause. */
  declare reason: string | null;
  declare cause: StopCause | null;
  declare setByStaffId: string | null;
  declare setAt: Date;
  declare liftedByStaffId: string | null;
  declare liftedAt: Date | null;
  declare setBy?: StaffMember | null;
  declare liftedBy?: StaffMember | null;

  static override relationMappings = () => ({
    setBy: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'emergency_stops.setByStaffId', to: 'staff_members.id' },
    },
    liftedBy: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'emergency_stops.liftedByStaffId', to: 'staff_members.id' },
    },
  });

  static override modifiers = {
    standing: (query: QueryBuilder<EmergencyStop>) => query.whereNull('liftedAt').orderBy('setAt'),
    lifted: (query: QueryBuilder<EmergencyStop>) => query.whereNotNull('liftedAt').orderBy('setAt', 'desc'),
  };

  /** Says whether it stands by this; another one of its kind may stand already. */
  static async set(kind: StopKind, reason: string, act: StaffAct): Promise<boolean> {
    const row = { kind, reason, setByStaffId: act.staff.id, setAt: act.at };
    try {
      await EmergencyStop.transaction(async (trx) => {
        await EmergencyStop.query(trx).insert(row);
        const about = { subjectType: 'stop', subjectId: kind } as const;
        await recordAct(act, { ...about, action: 'stop.set', before: { stopped: false }, after: { reason } }, trx);
      });
      return true;
    } catch (error) {
      if (error instanceof UniqueViolationError) return false;
      throw error;
    }
  }

  /** Automation holds what would come in bulk, until a person agrees. Where that is held already, nothing changes. */
  static async setByAutomation(cause: StopCause, setAt: Date, trx: Transaction): Promise<void> {
    const kind = 'dunning';
    if (await EmergencyStop.query(trx).findOne({ kind }).whereNull('liftedAt')) return;
    await EmergencyStop.query(trx).insert({ kind, cause, setAt });
    const actor = { actorKind: 'process', actorName: 'automation' } as const;
    const change = { before: { stopped: false }, after: cause, happenedAt: setAt };
    await AuditEntry.record({ ...actor, ...change, subjectType: 'stop', subjectId: kind, action: 'stop.set' }, trx);
  }

  /** Lifts it and promises to tell whatever waits there; the second of two who lift it changes nothing. */
  async lift(act: StaffAct): Promise<boolean> {
    return EmergencyStop.transaction(async (trx) => {
      const lifted = { liftedByStaffId: act.staff.id, liftedAt: act.at };
      const count = await EmergencyStop.query(trx).findById(this.id).whereNull('liftedAt').patch(lifted);
      if (count === 0) return false;
      const { reason, cause, setAt } = this;
      const change = { before: { reason, cause, setAt }, after: { stopped: false } };
      await recordAct(act, { action: 'stop.lifted', subjectType: 'stop', subjectId: this.kind, ...change }, trx);
      await ProcessStart.accept(stopRelease, { stopId: this.id }, act.at, trx);
      return true;
    });
  }
}
