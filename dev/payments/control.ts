import type { Account } from './account.js';
import type { Agenda } from './agenda.js';
import type { Fault, Faults } from './api/faults.js';
import { pruneAnswers } from './api/idempotency.js';
import type { DeclinePattern } from './cards/decline-patterns.js';
import type { RefundOutcome } from './cards/test-cards.js';
import { newId } from './ids.js';
import { chargeOf } from './resources/charges.js';
import {
  type Complaint,
  disputeEscalated,
  disputeLost,
  disputeOpened,
  disputeWon,
} from './resources/dispute-outcomes.js';
import { disputeOf } from './resources/disputes.js';
import { automaticPayouts, payoutDecided, payoutOf } from './resources/payouts.js';
import { refundFailed, refundSucceeded } from './resources/refund-outcomes.js';
import { refundOf } from './resources/refunds.js';
import type { Dispute, Payout } from './state/money-objects.js';
import type { Refund } from './state/objects.js';
import type { Mischief, Mischiefs } from './webhooks/mischief.js';
import type { Postman } from './webhooks/postman.js';

/** What a test may order, in process or by `/_sim`. */
export interface Control {
  readonly account: Account;
  /** Meets one call, or with a chance every call until all is calm. */
  fault(fault: Pick<Fault, 'match' | 'kind'> & Partial<Fault>): void;
  mischief(mischief: Pick<Mischief, 'kind'> & Partial<Mischief>): void;
  /** The next charges are refused with these decline codes, whatever the card. */
  decline(...codes: readonly string[]): void;
  /** Cards or customers that have bad weeks, until all is calm. */
  declinePattern(pattern: Omit<DeclinePattern, 'id'>): DeclinePattern;
  /** How the next refunds go, whatever the card. */
  refunds(...outcomes: readonly RefundOutcome[]): void;
  decideRefund(id: string, status: 'succeeded' | 'failed', reason?: string): Refund;
  dispute(chargeId: string, complaint?: Partial<Complaint>): Dispute;
  decideDispute(id: string, outcome: 'won' | 'lost' | 'escalated'): Dispute;
  /** Sends off what is available, as happens every day elsewhere. */
  payOut(): Payout[];
  decidePayout(id: string, status: 'paid' | 'failed'): Payout;
  /** Lets banks do now what they would do within so many hours; answers how much that was. */
  elapse(hours?: number): number;
  /** Sends a past event once more. */
  resend(eventId: string): Promise<void>;
  /** Forgets idempotency keys of that age, as Stripe does after a day. */
  prune(hours?: number): number;
  /** No more faults, mischief, or declines and refunds planned ahead. */
  calm(): void;
  /** Rows read since the start: what calls cost, whatever the clock says. */
  looks(): number;
}

interface Parts {
  readonly account: Account;
  readonly faults: Faults;
  readonly mischiefs: Mischiefs;
  readonly postman: Postman;
  readonly agenda: Agenda;
  readonly looks: () => number;
  readonly changed: () => void;
}

const nobody = { requestId: null, key: null };

export function createControl({ account, faults, mischiefs, postman, agenda, looks, changed }: Parts): Control {
  return {
    account,
    fault: (fault) => faults.add({ times: timesOf(fault), ms: 2000, chance: 1, seed: '', ...fault }),
    mischief: (mischief) => mischiefs.add({ times: timesOf(mischief), amount: 2, chance: 1, seed: '', ...mischief }),
    decline: (...codes) => void account.plannedDeclines.push(...codes),
    declinePattern: (pattern) => done(() => account.declinePatterns.put({ ...pattern, id: newId('pattern') })),
    refunds: (...outcomes) => void account.plannedRefunds.push(...outcomes),
    decideRefund: (id, status, reason) =>
      done(() => {
        const refund = refundOf(account, id);
        return status === 'succeeded' ? refundSucceeded(account, refund) : refundFailed(account, refund, reason);
      }),
    dispute: (chargeId, { reason = 'fraudulent', inquiry = false, amount } = {}) =>
      done(() => disputeOpened(account, chargeOf(account, chargeId), { reason, inquiry, amount })),
    decideDispute: (id, outcome) => done(() => decisions[outcome](account, disputeOf(account, id))),
    payOut: () => done(() => automaticPayouts(account)),
    decidePayout: (id, status) => done(() => payoutDecided(account, payoutOf(account, id), status)),
    elapse: (hours = 1) => agenda.elapse(hours),
    async resend(id) {
      const event = account.events.get(id);
      if (event) await postman.resend(event);
    },
    prune: (hours = 24) => done(() => pruneAnswers(account, hours)),
    calm() {
      faults.clear();
      mischiefs.clear();
      account.plannedDeclines.length = 0;
      account.plannedRefunds.length = 0;
      done(() => {
        for (const { id } of account.declinePatterns.newestFirst()) account.declinePatterns.remove(id);
        for (const { id } of account.declineRuns.newestFirst()) account.declineRuns.remove(id);
      });
    },
    looks,
  };

  function done<Outcome>(work: () => Outcome): Outcome {
    const outcome = account.commit(nobody, work);
    changed();
    return outcome;
  }
}

const decisions = { won: disputeWon, lost: disputeLost, escalated: disputeEscalated } as const;

function timesOf({ chance = 1 }: { chance?: number }): number {
  return chance < 1 ? Number.MAX_SAFE_INTEGER : 1;
}
