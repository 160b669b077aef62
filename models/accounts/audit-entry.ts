import { Model, type QueryBuilder, type Transaction } from 'objection';

export type NewAuditEntry = Pick<AuditEntry, 'actorKind' | 'actorName' | 'action' | 'subjectType' | 'subjectId'> &
  Partial<Pick<AuditEntry, 'actorId' | 'customerId' | 'before' | 'after' | 'address'>> & { readonly happenedAt: Date };

/** Who does something just now, from where and when: the part of an entry that is the same for all that they do. */
export type Deed = Pick<NewAuditEntry, 'actorKind' | 'actorId' | 'actorName' | 'address' | 'happenedAt'>;

/** Who changed what, from what to what. Never changed, never deleted; no secret ever stands in it. */
export class AuditEntry extends Model {
  static override tableName = 'audit_entries';
  static override jsonAttributes = ['before', 'after'];

  declare id: number;
  declare actorKind: 'user' | 'staff' | 'process' | 'guest';
  declare actorId: string | null;
  declare actorName: string;
  declare customerId: string | null;
  /** Two words, thing and deed: `order.placed`, `login_data.shown`. */
  declare action: string;
  declare subjectType: string;
  declare subjectId: string;
  declare before: object | null;
  declare after: object | null;
  declare address: string | null;
  declare happenedAt: Date;

  static override modifiers = {
    newestFirst: (query: QueryBuilder<AuditEntry>) =>
      query.orderBy([
        { column: 'happenedAt', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]),
  };

  static async record(entry: NewAuditEntry, trx?: Transaction): Promise<void> {
    await AuditEntry.query(trx).insert(entry);
  }
}
