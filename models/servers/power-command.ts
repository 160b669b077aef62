import { Model, type Transaction } from 'objection';
import {
  type PowerCommandStatus,
  powerStatusesBefore,
  standingPowerStatuses,
} from '../../rules/servers/power-command-status.js';
import {
  type Power,
  type PowerCommandKind,
  type PowerOutcome,
  powerOutcomes,
} from '../../rules/servers/power-commands.js';
import { StaffMember } from '../accounts/staff-member.js';
import { User } from '../accounts/user.js';
import { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Server } from './server.js';

export interface PowerEnd {
  readonly outcome: PowerOutcome;
  readonly powerBefore: Power | null;
  readonly powerAfter: Power | null;
}

/** Something asked of a machine's power, by whom and why, from the click to what came of it. */
export class PowerCommand extends Model {
  static override tableName = 'power_commands';

  declare id: string;
  declare serverId: string;
  /** The service that held the machine when it was asked; nothing for a machine in stock. */
  declare serviceId: string | null;
  declare command: PowerCommandKind;
  declare reason: string;
  declare askedByUserId: string | null;
  declare askedByStaffId: string | null;
  declare status: PowerCommandStatus;
  declare outcome: PowerOutcome | null;
  declare powerBefore: Power | null;
  declare powerAfter: Power | null;
  declare askedAt: Date;
  declare startedAt: Date | null;
  /** When the machine itself was about to be asked. */
  declare pushedAt: Date | null;
  declare endedAt: Date | null;
  declare server: Server;
  declare service?: Service;
  declare user?: User;
  declare staff?: StaffMember;

  static override relationMappings = () => {
    const to = (modelClass: typeof Model, column: string, table: string) => ({
      relation: Model.BelongsToOneRelation,
      modelClass,
      join: { from: `power_commands.${column}`, to: `${table}.id` },
    });
    return {
      server: to(Server, 'serverId', 'servers'),
      service: to(Service, 'serviceId', 'services'),
      user: to(User, 'askedByUserId', 'users'),
      staff: to(StaffMember, 'askedByStaffId', 'staff_members'),
    };
  };

  get askedBy(): 'customer' | 'staff' {
    return this.askedByStaffId ? 'staff' : 'customer';
  }

  /** The look at a machine that is under way. */
  static standingLook(serverId: string) {
    return PowerCommand.query().findOne({ serverId, command: 'state' }).whereIn('status', standingPowerStatuses);
  }

  async begin(startedAt: Date): Promise<void> {
    await this.$query().patch({ status: 'running', startedAt }).whereIn('status', powerStatusesBefore('running'));
  }

  /** Before the machine is asked: who finds it written already does not know what became of it. */
  async notePush(pushedAt: Date): Promise<void> {
    await this.$query().patch({ pushedAt }).whereNull('pushedAt');
  }

  /** The service processor said no: the machine was never asked. */
  async takePushBack(): Promise<void> {
    await this.$query().patch({ pushedAt: null });
  }

  /** Over, with its sentence; an end that comes late, or again, changes nothing. */
  async end({ outcome, ...power }: PowerEnd, endedAt: Date): Promise<void> {
    const status = powerOutcomes[outcome];
    await PowerCommand.transaction(async (trx) => {
      const over = { status, outcome, ...power, endedAt };
      const moved = await this.$query(trx).patch(over).whereIn('status', powerStatusesBefore(status));
      if (moved && this.command !== 'state') await this.tell(`power.${outcome}`, endedAt, trx);
    });
  }

  private async tell(event: string, happenedAt: Date, trx: Transaction): Promise<void> {
    if (!this.serviceId) return;
    const about = { subjectType: 'service', subjectId: this.serviceId } as const;
    await TimelineEntry.tell({ ...about, event, actor: 'process', happenedAt }, trx);
  }
}
