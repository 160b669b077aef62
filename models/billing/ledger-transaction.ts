import { Model, type Transaction } from 'objection';
import type { Money } from '../../rules/money.js';
import { type LedgerAccount, LedgerEntry } from './ledger-entry.js';

export type LedgerKind =
  | 'invoice'
  | 'void'
  | 'payment'
  | 'credit_note'
  | 'refund'
  | 'refund_return'
  | 'dispute'
  | 'dispute_fee'
  | 'dispute_won'
  | 'dispute_lost'
  | 'account_credit'
  | 'write_off';

/** Debits above zero, credits below: `{ receivables: 26040, revenue: -21700, vat: -4340 }`. */
export type Booking = Partial<Readonly<Record<LedgerAccount, number>>>;

interface Cause {
  readonly kind: LedgerKind;
  /** The row that caused it: invoice, payment, credit note, refund, credit. */
  readonly sourceId: string;
  readonly customerId: string;
  readonly currency: Money['currency'];
  readonly at: Date;
}

/** What one event did to the books, in double entry: its entries sum to zero, and are never changed. */
export class LedgerTransaction extends Model {
  static override tableName = 'ledger_transactions';

  declare id: number;
  declare kind: LedgerKind;
  declare sourceId: string;
  declare customerId: string;
  declare bookedAt: Date;

  /** Books a cause once; the database refuses a second booking of it, and one whose entries do not sum to zero. */
  static async book({ currency, at, ...cause }: Cause, booking: Booking, trx: Transaction): Promise<void> {
    const { id } = await LedgerTransaction.query(trx).insert({ ...cause, bookedAt: at });
    const entries = Object.entries(booking).filter(([, amountMinor]) => amountMinor !== 0);
    if (entries.length === 0) return;
    await LedgerEntry.query(trx).insert(
      entries.map(([account, amountMinor]) => ({
        transactionId: id,
        account: account as LedgerAccount,
        currency,
        amountMinor,
      })),
    );
  }
}
