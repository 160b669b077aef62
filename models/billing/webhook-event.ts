import { Model } from 'objection';

/** What the card provider called to say, kept once under its own id. */
export class WebhookEvent extends Model {
  static override tableName = 'webhook_events';

  declare id: string;
  declare type: string;
  declare attemptId: string | null;
  declare intentId: string | null;
  declare receivedAt: Date;
  declare handledAt: Date | null;

  /** Says whether it is new. */
  static async keep(
    event: Pick<WebhookEvent, 'id' | 'type' | 'attemptId' | 'intentId' | 'receivedAt'>,
  ): Promise<boolean> {
    const kept = await WebhookEvent.knexQuery().insert(event).onConflict('id').ignore().returning('id');
    return kept.length > 0; // Objection would give the row back either way
  }
}
