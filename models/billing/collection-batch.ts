import { Model } from 'objection';
import type { BatchAct } from '../../rules/billing/batch-selection.js';
import { collectionBatch } from '../../workflows/messages/collection-batch.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { StaffMember } from '../accounts/staff-member.js';
import { ProcessStart } from '../durable/process-start.js';
import { CollectionBatchItem } from './collection-batch-item.js';

interface Wanted {
  /** Drawn by the page that showed what would be done. */
  readonly id: string;
  readonly act: BatchAct;
  readonly reason: string | null;
  /** How many are granted, where that is what is done. */
  readonly days?: number | null;
  /** In the order in which they were shown. */
  readonly invoices: readonly { readonly id: string; readonly nextTryAt?: Date | null }[];
}

/** A set of failed payments that staff act on together: each by its own process, which may refuse. */
export class CollectionBatch extends Model {
  static override tableName = 'collection_batches';

  declare id: string;
  declare act: BatchAct;
  declare reason: string | null;
  declare days: number | null;
  declare askedBy: string;
  declare address: string;
  declare askedAt: Date;
  declare doneAt: Date | null;
  declare asker: StaffMember;

  static override relationMappings = () => ({
    asker: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'collection_batches.askedBy', to: 'staff_members.id' },
    },
  });

  /** Keeps the set with its promised process and audit entry, once: sent again, by a double click or a reload, it is there. */
  static async accept({ id, act, reason, days = null, invoices }: Wanted, by: StaffAct): Promise<void> {
    await CollectionBatch.transaction(async (trx) => {
      const row = { id, act, reason, days, askedBy: by.staff.id, address: by.address, askedAt: by.at };
      const { rowCount } = (await trx('collection_batches').insert(row).onConflict('id').ignore()) as unknown as {
        rowCount: number;
      };
      if (rowCount === 0) return;
      const items = invoices.map(({ id: invoiceId, nextTryAt = null }, position) => ({
        batchId: id,
        invoiceId,
        nextTryAt,
        position,
        state: 'waiting' as const,
      }));
      await CollectionBatchItem.query(trx).insert(items);
      await ProcessStart.accept(collectionBatch, { batchId: id }, by.at, trx);
      const about = { action: 'collection_batch.sent', subjectType: 'collection_batch', subjectId: id } as const;
      const after = { batchAct: act, count: invoices.length, ...(days && { days }), ...(reason && { reason }) };
      await recordAct(by, { ...about, after }, trx);
    });
  }

  async finish(at: Date): Promise<void> {
    await this.$query().patch({ doneAt: at }).whereNull('doneAt');
  }
}
