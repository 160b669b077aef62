import type { Metadata } from './objects.js';
import type { Row } from './store.js';

/** What one thing did to the account's balance; amounts in the currency's smallest unit, negative when it left. */
export interface BalanceTransaction extends Row {
  readonly object: 'balance_transaction';
  readonly amount: number;
  /** Unix seconds; until then the money is pending. */
  readonly available_on: number;
  readonly created: number;
  readonly currency: string;
  readonly fee: number;
  readonly net: number;
  readonly reporting_category: string;
  readonly source: string;
  readonly type: 'charge' | 'refund' | 'refund_failure' | 'adjustment' | 'payout' | 'payout_failure';
  readonly [fixed: string]: unknown;
}

/** Money of the balance that no automatic payout has taken along yet. */
export interface Unpaid extends Row {
  readonly currency: string;
  readonly net: number;
  readonly availableOn: number;
}

/** Which automatic payout took a balance transaction along, under the transaction's id. */
export interface PayoutItem extends Row {
  readonly payout: string;
  readonly created: number;
  readonly currency: string;
  readonly source: string;
  readonly type: BalanceTransaction['type'];
}

export interface Dispute extends Row {
  readonly object: 'dispute';
  readonly created: number;
  readonly amount: number;
  readonly currency: string;
  readonly charge: string;
  readonly payment_intent: string;
  readonly status:
    | 'warning_needs_response'
    | 'warning_under_review'
    | 'warning_closed'
    | 'needs_response'
    | 'under_review'
    | 'won'
    | 'lost';
  readonly reason: string;
  readonly balance_transactions: readonly BalanceTransaction[];
  readonly evidence: Readonly<Record<string, unknown>>;
  readonly evidence_details: {
    /** Unix seconds. */
    readonly due_by: number | null;
    readonly has_evidence: boolean;
    readonly past_due: boolean;
    readonly submission_count: number;
    readonly enhanced_eligibility: object;
  };
  readonly is_charge_refundable: boolean;
  readonly metadata: Metadata;
  readonly [fixed: string]: unknown;
}

export interface Payout extends Row {
  readonly object: 'payout';
  readonly created: number;
  readonly amount: number;
  readonly currency: string;
  readonly automatic: boolean;
  readonly status: 'pending' | 'in_transit' | 'paid' | 'failed';
  readonly balance_transaction: string | null;
  readonly failure_balance_transaction: string | null;
  readonly failure_code: string | null;
  readonly failure_message: string | null;
  readonly metadata: Metadata;
  readonly [fixed: string]: unknown;
}
