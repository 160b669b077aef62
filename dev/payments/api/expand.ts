import type { Account } from '../account.js';
import { shownTransaction } from '../money/balance.js';
import { invalidRequest } from './failures.js';

type Fields = Record<string, unknown>;

const expandable: Readonly<Record<string, readonly string[]>> = {
  charge: ['balance_transaction', 'customer', 'failure_balance_transaction', 'payment_intent'],
  balance_transaction: ['source'],
  customer: ['invoice_settings.default_payment_method'],
  dispute: ['charge', 'payment_intent'],
  payment_intent: ['customer', 'latest_charge', 'payment_method'],
  payment_method: ['customer'],
  payout: ['balance_transaction', 'failure_balance_transaction'],
  refund: ['balance_transaction', 'charge', 'failure_balance_transaction', 'payment_intent'],
  setup_intent: ['customer', 'payment_method'],
};

/** Puts objects in the place of their ids along each path. https://docs.stripe.com/api/expanding_objects */
export function expanded(account: Account, answer: object, paths: readonly string[]): object {
  if (paths.length === 0) return answer;
  const copy = structuredClone(answer) as Fields;
  for (const path of paths) walk(copy, path.split('.'), path);
  return copy;

  function walk(object: Fields, [field = '', ...rest]: readonly string[], path: string): void {
    if (object.object === 'list' && field === 'data') {
      for (const row of object.data as Fields[]) walk(row, rest, path);
      return;
    }
    const allowed = expandable[String(object.object)] ?? [];
    if (allowed.includes(`${field}.${rest[0]}`)) {
      settle(object[field] as Fields, rest[0] ?? '');
      return;
    }
    if (!allowed.includes(field)) {
      throw invalidRequest(`This property cannot be expanded (${path}).`, { param: 'expand' });
    }
    settle(object, field);
    if (rest.length > 0 && object[field]) walk(object[field] as Fields, rest, path);
  }

  function settle(object: Fields, field: string): void {
    const id = object[field];
    if (typeof id === 'string') object[field] = structuredClone(found(id));
  }

  function found(id: string): object | undefined {
    const tables = {
      ch: account.charges,
      cus: account.customers,
      du: account.disputes,
      pi: account.paymentIntents,
      pm: account.paymentMethods,
      po: account.payouts,
      re: account.refunds,
    };
    const transaction = account.balanceTransactions.get(id);
    if (transaction) return shownTransaction(account, transaction);
    return tables[id.split('_', 1)[0] as keyof typeof tables]?.get(id);
  }
}
