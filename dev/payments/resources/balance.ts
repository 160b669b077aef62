import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { noSuch } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { parameters, text } from '../api/parameters.js';
import { balanceOf, shownTransaction } from '../money/balance.js';
import type { BalanceTransaction } from '../state/money-objects.js';

export function balanceRoutes(api: Api, account: Account): void {
  api.on('GET', '/balance', parameters({}), () => {
    const sums = [...balanceOf(account)];
    const part = (which: 'available' | 'pending') =>
      sums.map(([currency, sum]) => ({ amount: sum[which], currency, source_types: { card: sum[which] } }));
    return { object: 'balance', available: part('available'), livemode: false, pending: part('pending') };
  });

  const listing = parameters({
    ...dated,
    currency: text.optional(),
    payout: text.optional(),
    source: text.optional(),
    type: text.optional(),
  });
  const shown = (transaction: BalanceTransaction) => shownTransaction(account, transaction);
  api.on('GET', '/balance_transactions', listing, ({ currency, payout, source, type, ...at }) => {
    const url = '/v1/balance_transactions';
    const where = { currency, source, type };
    if (payout === undefined) return page(url, account.balanceTransactions, at, { where, shown });
    if (!account.payouts.get(payout)) throw noSuch('payout', payout, 'payout', 400);
    return page(url, account.payoutItems, at, { where: { ...where, payout }, shown: ({ id }) => shown(named(id)) });
  });

  api.on('GET', '/balance_transactions/:id', parameters({}), (_, { id }) => shown(named(id)));

  function named(id: string): BalanceTransaction {
    const transaction = account.balanceTransactions.get(id);
    if (!transaction) throw noSuch('balance transaction', id);
    return transaction;
  }
}
