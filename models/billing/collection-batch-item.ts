import { Model, type QueryBuilder } from 'objection';
import { Invoice } from './invoice.js';

export type BatchItemState =
  | 'waiting'
  | 'done' //     paid, written off, asked for, or granted
  | 'declined' // the bank said no
  | 'begun' //    its process has taken it on; what comes of it stands on its page
  | 'refused'; // its process said no, and why

/** One invoice of a set, and what came of it. */
export class CollectionBatchItem extends Model {
  static override tableName = 'collection_batch_items';

  /** Also the id of the attempt that it asks for. */
  declare id: string;
  declare batchId: string;
  declare invoiceId: string;
  declare position: number;
  /** When its next try stood as the set was sent. */
  declare nextTryAt: Date | null;
  declare state: BatchItemState;
  /** Why it was refused or declined, or by what it was paid, by the word under which a phrase is found. */
  declare why: string | null;
  declare actedAt: Date | null;
  declare invoice: Invoice;

  static override relationMappings = () => ({
    invoice: {
      relation: Model.BelongsToOneRelation,
      modelClass: Invoice,
      join: { from: 'collection_batch_items.invoiceId', to: 'invoices.id' },
    },
  });

  static override modifiers = {
    waiting: (query: QueryBuilder<CollectionBatchItem>) => query.where({ state: 'waiting' }).orderBy('position'),
  };

  async settle(state: Exclude<BatchItemState, 'waiting'>, why: string | null, actedAt: Date): Promise<void> {
    await this.$query().patch({ state, why, actedAt }).where({ state: 'waiting' });
  }
}
