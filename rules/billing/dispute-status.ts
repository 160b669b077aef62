export const disputeStatuses = [
  'reported', //     the provider called; nobody has looked yet
  'inquiry', //      the bank asks, and has taken nothing
  'open', //         the money is with the bank; the shop is to answer
  'under_review', // answered; the bank decides
  'won', //          the money came back
  'lost', //         the money stays away
  'closed', //       the bank asked, and left it at that
] as const;

export type DisputeStatus = (typeof disputeStatuses)[number];

/** Word of what lay between may be lost: an inquiry that became a dispute is next seen when that is decided. */
const arrivals: Readonly<Record<DisputeStatus, readonly DisputeStatus[]>> = {
  reported: [],
  inquiry: ['reported', 'inquiry'],
  open: ['reported', 'inquiry', 'open', 'under_review'],
  under_review: ['reported', 'inquiry', 'open', 'under_review'],
  won: ['reported', 'inquiry', 'open', 'under_review'],
  lost: ['reported', 'inquiry', 'open', 'under_review'],
  closed: ['reported', 'inquiry', 'under_review'],
};

/** Whether a dispute that stands so here may be written down as it stands at the provider. */
export function mayBecome(from: DisputeStatus, to: DisputeStatus): boolean {
  return arrivals[to].includes(from);
}

export function isDisputeOver(status: DisputeStatus): boolean {
  return status === 'won' || status === 'lost' || status === 'closed';
}

/** Whether the shop has something to say before a day is past. */
export function awaitsAnswer(status: DisputeStatus): boolean {
  return status === 'inquiry' || status === 'open';
}

/** What of a disputed amount is booked: taken away first, then given back or written off, each once. */
export type DisputeMove = 'withdrawal' | 'return' | 'loss';

export function disputeMoves(to: DisputeStatus, taken: { here: boolean; there: boolean }): readonly DisputeMove[] {
  if (!taken.there) return [];
  const withdrawal: readonly DisputeMove[] = taken.here ? [] : ['withdrawal'];
  if (to === 'won') return [...withdrawal, 'return'];
  return to === 'lost' ? [...withdrawal, 'loss'] : withdrawal;
}
