import { Model, type QueryBuilder, type Transaction } from 'objection';
import { StaffMember } from '../accounts/staff-member.js';

/** What was done with a task while it waited: into whose hands it came, what was noted, put off, and that it went up. */
export class StaffTaskEvent extends Model {
  static override tableName = 'staff_task_events';

  declare id: number;
  declare taskId: string;
  declare event: 'assigned' | 'unassigned' | 'noted' | 'put_off' | 'escalated';
  /** Nobody where it happened by itself. */
  declare staffId: string | null;
  declare assigneeId: string | null;
  declare dueAt: Date | null;
  declare note: string | null;
  declare happenedAt: Date;
  declare staff?: StaffMember | null;
  declare assignee?: StaffMember | null;

  static override relationMappings = () => ({
    staff: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'staff_task_events.staffId', to: 'staff_members.id' },
    },
    assignee: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'staff_task_events.assigneeId', to: 'staff_members.id' },
    },
  });

  static override modifiers = {
    of: (query: QueryBuilder<StaffTaskEvent>, taskId: string) =>
      query.where({ taskId }).orderBy('id', 'desc').withGraphFetched('[staff, assignee]'),
  };

  static async tell(
    event: Pick<StaffTaskEvent, 'taskId' | 'event' | 'happenedAt'> & Partial<StaffTaskEvent>,
    trx: Transaction,
  ): Promise<void> {
    await StaffTaskEvent.query(trx).insert(event);
  }
}
