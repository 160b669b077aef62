import { Model } from 'objection';

export type LedgerAccount =
  | 'receivables'
  | 'revenue'
  | 'vat'
  | 'cash'
  | 'customer_credit'
  | 'write_offs'
  | 'disputed'
  | 'fees';

export class LedgerEntry extends Model {
  static override tableName = 'ledger_entries';

  declare id: number;
  declare transactionId: number;
  declare account: LedgerAccount;
  declare currency: string;
  declare amountMinor: number;
}
