import { z } from 'zod';
import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, noSuch } from '../api/failures.js';
import { dated, page } from '../api/lists.js';
import { papers, parameters, text, whole } from '../api/parameters.js';
import { newId } from '../ids.js';
import { balanceOf, booked } from '../money/balance.js';
import { currencyNamed } from '../money/currencies.js';
import type { Payout } from '../state/money-objects.js';

const DAY_S = 86_400;

export function payoutRoutes(api: Api, account: Account): void {
  const creation = parameters({
    amount: whole,
    currency: text,
    description: text.optional(),
    metadata: papers.optional(),
  });
  api.on('POST', '/payouts', creation, ({ amount, currency: word, description, metadata }) => {
    const currency = currencyNamed(word);
    const available = balanceOf(account).get(currency)?.available ?? 0;
    if (amount < 1) throw invalidRequest('Invalid positive integer', { param: 'amount' });
    if (amount > available) {
      const message = 'You have insufficient funds in your Stripe account. Balance transactions may still be pending.';
      throw invalidRequest(message, { code: 'balance_insufficient' });
    }
    const given = { description: description ?? null, metadata: metadata ?? {} };
    return sentOff(account, { amount, currency, automatic: false, ...given });
  });

  const states = z.enum(['pending', 'in_transit', 'paid', 'failed']);
  api.on('GET', '/payouts', parameters({ ...dated, status: states.optional() }), ({ status, ...at }) =>
    page('/v1/payouts', account.payouts, at, { where: { status } }),
  );

  api.on('GET', '/payouts/:id', parameters({}), (_, { id }) => payoutOf(account, id));
}

export function payoutOf(account: Account, id: string): Payout {
  const payout = account.payouts.get(id);
  if (!payout) throw noSuch('payout', id);
  return payout;
}

/** Sends off what is available, a payout for each currency that has anything; it takes those transactions along. */
export function automaticPayouts(account: Account): Payout[] {
  const owed = [...balanceOf(account)].filter(([, { available }]) => available > 0);
  return owed.map(([currency, { available: amount }]) => {
    const taken = [...account.unpaid.oldest({ where: { currency } })].filter(
      ({ availableOn }) => availableOn <= account.now(),
    );
    const payout = sentOff(account, { amount, currency, automatic: true, description: 'STRIPE PAYOUT', metadata: {} });
    for (const { id } of [...taken, { id: String(payout.balance_transaction) }]) {
      const transaction = account.balanceTransactions.get(id);
      if (!transaction) continue;
      const { created, source, type } = transaction;
      account.payoutItems.put({ id, payout: payout.id, created, currency, source, type });
      account.unpaid.remove(id);
    }
    return payout;
  });
}

/** The bank took a payout, or sent it back: then its money is available again. */
export function payoutDecided(account: Account, payout: Payout, status: 'paid' | 'failed'): Payout {
  const { id, amount, currency } = payout;
  if (payout.status !== 'in_transit') throw invalidRequest(`Payout ${id} is ${payout.status}.`);
  const movement = { type: 'payout_failure', category: 'payout_reversal', source: id, amount, currency } as const;
  const failure = () => ({
    failure_balance_transaction: booked(account, { ...movement, description: 'STRIPE PAYOUT FAILURE' }).id,
    failure_code: 'account_closed',
    failure_message: 'The bank account has been closed.',
  });
  const after = account.payouts.put({ ...payout, ...(status === 'failed' ? failure() : {}), status });
  account.tell(`payout.${status}`, after);
  return after;
}

type Wanted = Pick<Payout, 'amount' | 'currency' | 'automatic' | 'metadata'> & { readonly description: string | null };

function sentOff(account: Account, { amount, currency, automatic, description, metadata }: Wanted): Payout {
  const id = newId('po');
  const movement = { type: 'payout', category: 'payout', source: id, amount: -amount, currency } as const;
  const { id: balance_transaction } = booked(account, { ...movement, description: description ?? 'STRIPE PAYOUT' });
  const payout = account.payouts.put({
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: account.now() + 2 * DAY_S,
    automatic,
    balance_transaction,
    created: account.now(),
    currency,
    description,
    destination: null,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata,
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: automatic ? 'completed' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'in_transit',
    trace_id: null,
    type: 'bank_account',
  });
  account.tell('payout.created', payout);
  return payout;
}
