import { Model, type Transaction } from 'objection';
import type { RetryPlan } from '../../rules/billing/retry-schedule.js';

/** What staff said of an invoice's next try; no row where they never said anything. */
export class CollectionPlan extends Model {
  static override tableName = 'collection_plans';
  static override idColumn = 'invoiceId';

  declare invoiceId: string;
  declare tryAt: Date | null;
  declare paymentMethodId: string | null;
  declare heldUntil: Date | null;
  /** When the customer was last asked for another card. */
  declare cardAskedAt: Date | null;

  static async of(invoiceId: string, trx?: Transaction): Promise<RetryPlan | null> {
    return (await CollectionPlan.query(trx).findById(invoiceId))?.plan ?? null;
  }

  static async keep(invoiceId: string, plan: RetryPlan | null, trx: Transaction): Promise<void> {
    const [tryAt, heldUntil] = [plan?.tryAt, plan?.heldUntil].map((time) => (time ? new Date(time) : null));
    const row = { invoiceId, tryAt, heldUntil, paymentMethodId: plan?.paymentMethodId ?? null };
    await CollectionPlan.query(trx)
      .insert(row as Partial<CollectionPlan>)
      .onConflict('invoiceId')
      .merge();
  }

  /** The time has come: what follows is the schedule's again. */
  static async spend(invoiceId: string, trx?: Transaction): Promise<void> {
    await CollectionPlan.query(trx).findById(invoiceId).patch({ tryAt: null, paymentMethodId: null });
  }

  /** Nothing where all is as the schedule has it. */
  get plan(): RetryPlan | null {
    if (this.heldUntil) return { heldUntil: this.heldUntil.toISOString() };
    if (!this.tryAt) return null;
    return { tryAt: this.tryAt.toISOString(), paymentMethodId: this.paymentMethodId ?? undefined };
  }
}
