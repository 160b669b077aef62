import { Model, type QueryBuilder, type Transaction } from 'objection';
import {
  type DisputeMove,
  type DisputeStatus,
  disputeMoves,
  isDisputeOver,
  mayBecome,
} from '../../rules/billing/dispute-status.js';
import type { Money } from '../../rules/money.js';
import { dispute as contract } from '../../workflows/messages/dispute.js';
import { ProcessStart } from '../durable/process-start.js';
import { TimelineEntry } from '../timeline-entry.js';
import { type Booking, type LedgerKind, LedgerTransaction } from './ledger-transaction.js';
import { PaymentAttempt } from './payment-attempt.js';

/** How a dispute stands at the provider. */
export interface Seen {
  readonly state: DisputeStatus;
  readonly reason: string;
  readonly amount: Money;
  readonly taken: boolean;
  readonly fee: Money;
  readonly answerBy: Date | null;
}

/** A charge that its card's holder disputes. While the bank decides the money is with it. */
export class Dispute extends Model {
  static override tableName = 'disputes';

  declare id: string;
  declare attemptId: string;
  declare providerId: string;
  declare status: DisputeStatus;
  declare reason: string;
  declare amountMinor: number;
  declare currency: string;
  declare feeMinor: number;
  declare feeCurrency: string;
  declare answerBy: Date | null;
  declare reportedAt: Date;
  declare withdrawnAt: Date | null;
  declare closedAt: Date | null;
  declare attempt: PaymentAttempt;

  static override relationMappings = () => ({
    attempt: {
      relation: Model.BelongsToOneRelation,
      modelClass: PaymentAttempt,
      join: { from: 'disputes.attemptId', to: 'payment_attempts.id' },
    },
  });

  static override modifiers = {
    of: (query: QueryBuilder<Dispute>, invoiceId: string) =>
      query.joinRelated('attempt').where('attempt.invoiceId', invoiceId).orderBy('disputes.reportedAt'),
  };

  /** Kept once under the provider's id, with the promise to look; nothing where the charge is none of ours. */
  static async report(
    reported: { readonly providerId: string; readonly intentId: string },
    reportedAt: Date,
  ): Promise<{ id: string; isNew: boolean } | undefined> {
    return Dispute.transaction(async (trx) => {
      const { providerId, intentId } = reported;
      const attempt = await PaymentAttempt.query(trx).findOne({ intentId }).forUpdate();
      if (!attempt) return undefined;
      const known = await Dispute.query(trx).findOne({ providerId });
      if (known) return { id: known.id, isNew: false };
      const { id: attemptId, currency } = attempt;
      const row = { attemptId, providerId, status: 'reported', currency, feeCurrency: currency, reportedAt } as const;
      const { id } = await Dispute.query(trx).insertAndFetch(row);
      await ProcessStart.accept(contract, { disputeId: id }, reportedAt, trx);
      return { id, isNew: true };
    });
  }

  /** Writes how it stands at the provider: state, books and the invoice's story, together and each once. */
  async stands({ state, reason, amount, taken, fee, answerBy }: Seen, at: Date): Promise<Dispute> {
    return Dispute.transaction(async (trx) => {
      const known = await Dispute.query(trx).findById(this.id).withGraphFetched('attempt.invoice').forUpdate();
      if (!known || !mayBecome(known.status, state)) return known ?? this;
      const { status: before } = known;
      const moves = disputeMoves(state, { here: known.withdrawnAt !== null, there: taken });
      const after = await known.$query(trx).patchAndFetch({
        ...{ status: state, reason, answerBy, amountMinor: amount.amountMinor, currency: amount.currency },
        ...{ feeMinor: fee.amountMinor, feeCurrency: fee.currency },
        withdrawnAt: moves.includes('withdrawal') ? at : known.withdrawnAt,
        closedAt: isDisputeOver(state) ? at : null,
      });
      const { customerId } = known.attempt.invoice;
      for (const move of moves) await after.book(move, customerId, at, trx);
      if (state !== before) await after.tell(known.attempt.invoiceId, at, trx);
      return after;
    });
  }

  get amount(): Money {
    return { amountMinor: this.amountMinor, currency: this.currency };
  }

  private async book(move: DisputeMove, customerId: string, at: Date, trx: Transaction): Promise<void> {
    const { id: sourceId, amountMinor, currency, feeMinor, feeCurrency } = this;
    const book = (kind: LedgerKind, booking: Booking, of = currency) =>
      LedgerTransaction.book({ kind, sourceId, customerId, currency: of, at }, booking, trx);
    if (move === 'return') return book('dispute_won', { cash: amountMinor, disputed: -amountMinor });
    if (move === 'loss') return book('dispute_lost', { write_offs: amountMinor, disputed: -amountMinor });
    await book('dispute', { disputed: amountMinor, cash: -amountMinor });
    if (feeMinor > 0) await book('dispute_fee', { fees: feeMinor, cash: -feeMinor }, feeCurrency);
  }

  private async tell(subjectId: string, happenedAt: Date, trx: Transaction): Promise<void> {
    const about = { subjectType: 'invoice', subjectId, actor: 'process', happenedAt } as const;
    const event = `invoice.dispute_${this.status}`;
    await TimelineEntry.tell({ ...about, event, values: { amount: this.amount } }, trx);
  }
}
