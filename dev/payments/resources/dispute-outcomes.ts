import type { Account } from '../account.js';
import { invalidRequest } from '../api/failures.js';
import { newId } from '../ids.js';
import { booked } from '../money/balance.js';
import { disputeFee } from '../money/fees.js';
import type { BalanceTransaction, Dispute } from '../state/money-objects.js';
import type { Charge } from '../state/objects.js';
import { noEvidence } from './dispute-evidence.js';

const DAY_S = 86_400;
/** How long the shop may answer. */
const PATIENCE_S = 9 * DAY_S;

export interface Complaint {
  readonly reason: string;
  /** A bank that only asks for now takes no money. */
  readonly inquiry: boolean;
  /** What is disputed; absent, whatever of the charge was not refunded. */
  readonly amount?: number;
}

/** A card's holder disputes a charge: the money leaves at once, with a fee, until the bank has decided. */
export function disputeOpened(account: Account, charge: Charge, { reason, inquiry, amount }: Complaint): Dispute {
  const disputed = amount ?? charge.amount_captured - charge.amount_refunded;
  if (!charge.captured || charge.disputed || disputed < 1 || disputed > charge.amount_captured) {
    throw invalidRequest(`Charge ${charge.id} cannot be disputed over ${disputed} ${charge.currency}.`);
  }
  const id = newId('du');
  const { brand } = (charge.payment_method_details as { card: { brand: string } }).card;
  const opened: Dispute = {
    id,
    object: 'dispute',
    amount: disputed,
    balance_transactions: inquiry ? [] : [withdrawn(account, id, disputed, charge.currency)],
    charge: charge.id,
    created: account.now(),
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: account.now() + PATIENCE_S,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: inquiry,
    livemode: false,
    metadata: {},
    payment_intent: charge.payment_intent,
    payment_method_details: {
      card: { brand, network: brand, case_type: inquiry ? 'inquiry' : 'chargeback', network_reason_code: null },
      type: 'card',
    },
    reason,
    status: inquiry ? 'warning_needs_response' : 'needs_response',
  };
  account.disputes.put(opened);
  if (!inquiry) account.tell('charge.updated', account.charges.put({ ...charge, disputed: true }));
  account.tell('charge.dispute.created', opened);
  if (!inquiry) account.tell('charge.dispute.funds_withdrawn', opened);
  account.promise('dispute_expires', id, PATIENCE_S * 1000);
  return opened;
}

/** The bank that only asked now takes the money. */
export function disputeEscalated(account: Account, dispute: Dispute): Dispute {
  if (!dispute.status.startsWith('warning_') || dispute.status === 'warning_closed') throw closed(dispute);
  const { id, amount, currency } = dispute;
  const balance_transactions = [withdrawn(account, id, amount, currency)];
  const charge = account.charges.get(dispute.charge);
  if (charge) account.charges.put({ ...charge, disputed: true });
  const escalated = {
    ...dispute,
    balance_transactions,
    is_charge_refundable: false,
    status: 'needs_response',
  } as const;
  account.disputes.put(escalated);
  account.tell('charge.dispute.updated', escalated);
  account.tell('charge.dispute.funds_withdrawn', escalated);
  return escalated;
}

/** The bank decides for the shop: what was withdrawn comes back, the fee does not. */
export function disputeWon(account: Account, dispute: Dispute): Dispute {
  if (dispute.status.startsWith('warning_')) return put(account, dispute, 'warning_closed', 'charge.dispute.closed');
  mustBeOpen(dispute);
  const { id: source, amount, currency } = dispute;
  const movement = { type: 'adjustment', category: 'dispute_reversal', source, amount, currency } as const;
  const back = booked(account, { ...movement, description: `Chargeback reversal for ${dispute.charge}` });
  const balance_transactions = [...dispute.balance_transactions, back];
  const won = put(account, { ...dispute, balance_transactions }, 'won', 'charge.dispute.closed');
  account.tell('charge.dispute.funds_reinstated', won);
  return won;
}

/** The bank decides for its customer, or the shop gave up, or said nothing in time. */
export function disputeLost(account: Account, dispute: Dispute): Dispute {
  if (dispute.status.startsWith('warning_')) return put(account, dispute, 'warning_closed', 'charge.dispute.closed');
  mustBeOpen(dispute);
  return put(account, dispute, 'lost', 'charge.dispute.closed');
}

function put(account: Account, dispute: Dispute, status: Dispute['status'], event: string): Dispute {
  const after = account.disputes.put({ ...dispute, status });
  account.tell(event, after);
  return after;
}

function withdrawn(account: Account, source: string, amount: number, currency: string): BalanceTransaction {
  const movement = { type: 'adjustment', category: 'dispute', source, amount: -amount, currency } as const;
  const fee = disputeFee(currency);
  return booked(account, { ...movement, fee, feeFor: 'Dispute fee', description: 'Chargeback withdrawal' });
}

function mustBeOpen(dispute: Dispute): void {
  if (dispute.status !== 'needs_response' && dispute.status !== 'under_review') throw closed(dispute);
}

export function closed({ id, status }: Dispute) {
  return invalidRequest(`This dispute (${id}) is already closed: ${status}.`);
}
