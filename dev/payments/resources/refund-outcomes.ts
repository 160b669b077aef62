import type { Account } from '../account.js';
import { invalidRequest } from '../api/failures.js';
import { booked } from '../money/balance.js';
import type { Charge, Refund } from '../state/objects.js';
import { testCardOfId } from './payment-methods.js';

/** Refunds a part of a charge as its card has it: at once, after a while, or only to come back. */
export function refundMade(account: Account, charge: Charge, refund: Refund): Refund {
  const outcome = account.plannedRefunds.shift() ?? testCardOfId(account, charge.payment_method)?.refund;
  const made = outcome === 'pending' ? asPending(account, refund) : paidOut(account, refund);
  if (outcome !== undefined) {
    account.promise(outcome === 'pending' ? 'refund_succeeds' : 'refund_fails', refund.id);
  }
  const after = counted(account, charge, refund.amount);
  account.tell('refund.created', made);
  account.tell('charge.refunded', after);
  return made;
}

/** The bank took a refund that it had to think about. */
export function refundSucceeded(account: Account, { pending_reason: _, ...refund }: Refund): Refund {
  if (refund.status !== 'pending') throw decided(refund);
  const after = paidOut(account, { ...refund, status: 'succeeded' } as Refund);
  tellOf(account, after, ['refund.updated', 'charge.refund.updated']);
  return after;
}

/** The bank sent a refund back, before or after it had succeeded: its money is the shop's again. */
export function refundFailed(account: Account, before: Refund, reason = 'expired_or_canceled_card'): Refund {
  if (before.status === 'failed') throw decided(before);
  const { pending_reason: _, ...refund } = before;
  const { amount, currency, id, balance_transaction: left } = before;
  const movement = { type: 'refund_failure', category: 'refund_failure', source: id, amount, currency } as const;
  const description = 'REFUND FAILURE';
  const reversal =
    left === null ? {} : { failure_balance_transaction: booked(account, { ...movement, description }).id };
  const failed = { ...refund, ...reversal, status: 'failed', failure_reason: reason } as Refund;
  const charge = account.charges.get(before.charge);
  if (charge) counted(account, charge, -amount);
  tellOf(account, account.refunds.put(failed), ['refund.failed', 'refund.updated', 'charge.refund.updated']);
  return failed;
}

function asPending(account: Account, refund: Refund): Refund {
  return account.refunds.put({ ...refund, status: 'pending', pending_reason: 'processing' });
}

function paidOut(account: Account, refund: Refund): Refund {
  const { id: source, amount, currency } = refund;
  const movement = { type: 'refund', category: 'refund', source, amount: -amount, currency } as const;
  const { id } = booked(account, { ...movement, description: 'REFUND FOR CHARGE' });
  return account.refunds.put({ ...refund, status: 'succeeded', balance_transaction: id });
}

function counted(account: Account, charge: Charge, amount: number): Charge {
  const amount_refunded = charge.amount_refunded + amount;
  return account.charges.put({ ...charge, amount_refunded, refunded: amount_refunded === charge.amount_captured });
}

function tellOf(account: Account, refund: Refund, types: readonly string[]): void {
  for (const type of types) account.tell(type, refund);
}

function decided({ id, status }: Refund) {
  return invalidRequest(`Refund ${id} is ${status}: there is nothing left to decide.`);
}
