import type { DeclineKind } from '../../rules/billing/declines.js';
import type { DisputeStatus } from '../../rules/billing/dispute-status.js';
import type { Money } from '../../rules/money.js';

export type { DeclineKind };

/** What a card says of itself; its number never reaches us. */
export interface Card {
  /** The provider's id of the saved card. */
  readonly id: string;
  /** The provider's id of the customer whom it was saved for. */
  readonly account: string;
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
}

export interface NewCharge {
  /** The provider's id of the customer. */
  readonly account: string;
  readonly card: string;
  readonly amount: Money;
  /** Whether the customer waits in front of the page, and can answer the bank. */
  readonly onSession: boolean;
  /** Kept with the charge at the provider, so that each can be found by the other's papers. */
  readonly attemptId: string;
  readonly invoiceNumber: string;
}

/** How a charge stands. `unconfirmed`: nothing was asked of the bank yet. `processing`: the bank has not decided. */
export type ChargeState =
  | { readonly state: 'unconfirmed' | 'processing' | 'requires_action' | 'cancelled' }
  | { readonly state: 'succeeded'; readonly chargeId: string; readonly amount: Money }
  | { readonly state: 'declined'; readonly kind: DeclineKind; readonly code: string };

/** The `attemptId` is ours, from the charge's papers; absent on charges made by others. */
export type Charge = ChargeState & { readonly intentId: string; readonly attemptId: string | null };

export interface Refund {
  readonly id: string;
  readonly state: 'pending' | 'succeeded' | 'failed';
}

/** How a disputed charge stands: whether its money was taken away at some time, and the fee for it. */
export interface Dispute {
  readonly id: string;
  /** The charge that is disputed. */
  readonly intentId: string | null;
  readonly state: Exclude<DisputeStatus, 'reported'>;
  /** The provider's word: `fraudulent`, `product_not_received`. */
  readonly reason: string;
  readonly amount: Money;
  readonly taken: boolean;
  readonly fee: Money;
  readonly answerBy: Date | null;
}

/** Money that moved, as the provider's own list has it. A dispute stands in it while its money is away. */
export interface Movement {
  readonly kind: 'charge' | 'refund' | 'dispute';
  readonly id: string;
  /** Above zero, whichever way it went. */
  readonly amount: Money;
  readonly intentId: string | null;
  /** Our attempt's or refund's id, from its papers; absent on what others made. */
  readonly paper: string | null;
}

/** What the provider called to say: a hint to look the object up, never a proof. */
export interface PaymentEvent {
  readonly id: string;
  readonly type: string;
  readonly live: boolean;
  readonly intentId: string | null;
  readonly attemptId: string | null;
  /** The provider's id of the dispute it is about. */
  readonly disputeId: string | null;
  /** Of an event about a refund: ours by its papers, and whether it is said to have come back. */
  readonly refund: { readonly refundId: string | null; readonly failed: boolean } | null;
}

/** Everything a page needs to take a card without its number touching us. */
export interface CardPage {
  readonly publishableKey: string;
  readonly scriptUrl: string;
  /** Origins the page's content security policy must allow, for scripts, frames and calls. */
  readonly origins: readonly string[];
}

/** A refund that its bank sent back, or a dispute over a charge. */
export type Reversal =
  | { readonly kind: 'refund'; readonly id: string }
  | { readonly kind: 'dispute'; readonly id: string; readonly intentId: string };

/** The card provider. Every call may throw `PaymentsUnavailable` (outcome unknown: ask again or look up) or `PaymentsRefused` (our request was wrong: for a person). */
export interface Payments {
  readonly cardPage: CardPage;
  createAccount(customer: { id: string; name: string; email: string }): Promise<{ account: string }>;
  /** Begins saving a card; the secret is for the customer's page alone and is never stored. */
  startCardSetup(account: string): Promise<{ setupId: string; clientSecret: string }>;
  /** The card a finished setup saved; nothing while it is unfinished. */
  cardOfSetup(setupId: string): Promise<Card | undefined>;
  /** Removed before is success. */
  removeCard(card: string): Promise<void>;
  /** Made unconfirmed, so that a lost answer later always leaves an id to look up. The same key gives the same charge. */
  createCharge(charge: NewCharge, key: string): Promise<{ intentId: string }>;
  /** Asks the bank. A decline is an answer, not an error. The same key gives the same answer; once decided, the charge as it stands. */
  confirmCharge(intentId: string, options: { onSession: boolean; returnUrl?: string }, key: string): Promise<Charge>;
  lookUpCharge(intentId: string): Promise<Charge>;
  /** The charge that carries our attempt in its papers, where its id was lost with the answer. */
  chargeOfAttempt(account: string, attemptId: string): Promise<Charge | undefined>;
  /** For the customer's page to finish 3-D Secure. */
  clientSecretOf(intentId: string): Promise<string>;
  /** The charge as it stands after: one that succeeded before stays so. */
  cancelCharge(intentId: string): Promise<Charge>;
  refundCharge(refund: { intentId: string; amount: Money; refundId: string }, key: string): Promise<Refund>;
  lookUpRefund(id: string): Promise<Refund>;
  /** The refund of that charge that carries ours in its papers and did not fail, where its id was lost with the answer. */
  refundOfCharge(intentId: string, refundId: string): Promise<Refund | undefined>;
  lookUpDispute(id: string): Promise<Dispute>;
  /** Everything that moved money, each once, newest first within its kind. */
  movements(): AsyncIterable<Movement>;
  /** What was made since and went against us: word of it may have been lost. */
  reversals(since: Date): Promise<readonly Reversal[]>;
  /** Verified by its signature (300 s tolerance) and by test or live mode, or refused with `WebhookNotGenuine`. */
  readEvent(rawBody: Buffer, signature: string): PaymentEvent;
}

/** No answer, a time-out, a 5xx, a 429, a call in flight: what was asked may have happened. */
export class PaymentsUnavailable extends Error {
  override name = 'PaymentsUnavailable';
}

/** The provider understood and will not do it, however often it is asked. */
export class PaymentsRefused extends Error {
  override name = 'PaymentsRefused';
}

export class WebhookNotGenuine extends Error {
  override name = 'WebhookNotGenuine';
}
