import type { Account } from '../account.js';
import { newId } from '../ids.js';
import type { BalanceTransaction } from '../state/money-objects.js';

const DAY_S = 86_400;
/** How long a charge's money is on its way. */
const SETTLING_S = 7 * DAY_S;

export interface Movement {
  readonly type: BalanceTransaction['type'];
  readonly category: string;
  readonly source: string;
  /** What moves, before fees; negative when it leaves. */
  readonly amount: number;
  readonly currency: string;
  readonly fee?: number;
  readonly feeFor?: string;
  readonly description?: string | null;
  /** A charge's money is pending for a week, unless its card says otherwise. */
  readonly settles?: boolean;
}

/** Books a movement on the account's balance; every movement is booked, and never changed. */
export function booked(account: Account, movement: Movement): BalanceTransaction {
  const { amount, currency, fee = 0, settles = false, type } = movement;
  const created = account.now();
  const transaction = account.balanceTransactions.put({
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: created + (settles ? SETTLING_S : 0),
    balance_type: 'payments',
    created,
    currency,
    description: movement.description ?? null,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ ...stripeFee, amount: fee, currency, description: movement.feeFor ?? null }],
    net: amount - fee,
    reporting_category: movement.category,
    source: movement.source,
    status: settles ? 'pending' : 'available',
    type,
  });
  const { id, net, available_on: availableOn } = transaction;
  account.unpaid.put({ id, currency, net, availableOn });
  return transaction;
}

const stripeFee = { application: null, type: 'stripe_fee' };

/** Pending becomes available by itself as time passes. */
export function shownTransaction(account: Account, transaction: BalanceTransaction): BalanceTransaction {
  return { ...transaction, status: transaction.available_on <= account.now() ? 'available' : 'pending' };
}

/** What may be paid out now and what is on its way, by currency. */
export function balanceOf(account: Account): Map<string, { available: number; pending: number }> {
  const sums = new Map<string, { available: number; pending: number }>();
  for (const { currency, net, availableOn } of account.unpaid.oldest()) {
    const sum = sums.get(currency) ?? { available: 0, pending: 0 };
    sums.set(currency, sum);
    sum[availableOn <= account.now() ? 'available' : 'pending'] += net;
  }
  return sums;
}
