export const refundStatuses = [
  'requested', // committed; the provider has not answered
  'pending', //   the bank thinks about it
  'succeeded', // the money left, and is booked
  'failed', //    it never left; a person may ask anew
  'returned', //  it left and the bank sent it back: what was booked is booked back, and another refund takes its place
] as const;

export type RefundStatus = (typeof refundStatuses)[number];

const arrivals: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
  requested: ['failed'],
  pending: ['requested', 'pending'],
  succeeded: ['requested', 'pending'],
  failed: ['requested', 'pending'],
  returned: ['succeeded'],
};

/** From where a refund may come to this state. */
export function refundStatusesBefore(status: RefundStatus): readonly RefundStatus[] {
  return arrivals[status];
}

/** Of a refund in this state the money is not with the customer, nor on its way to them. */
export const goneBackStatuses: readonly RefundStatus[] = ['failed', 'returned'];

/** `underWay`: the provider may have it, or be asked for it yet. `disputed`: the bank has given that money back already. */
export type HandRefundRefusal = 'closed' | 'underWay' | 'disputed';

/**
 * Whether staff may write down that they sent a refund by a transfer of their own. Only what nobody else sends: what the bank
 * sent back, what came by transfer, which no card provider can send back, and what its process was told to give up.
 */
export function handRefundRefusal({
  status,
  method,
  givenUp,
  disputed,
}: {
  readonly status: RefundStatus;
  readonly method: 'card' | 'transfer' | 'credit';
  readonly givenUp: boolean;
  /** Its charge was taken back by the card's bank, and not won. */
  readonly disputed: boolean;
}): HandRefundRefusal | undefined {
  if (status === 'succeeded') return 'closed';
  if (disputed) return 'disputed';
  if (goneBackStatuses.includes(status)) return undefined;
  return status === 'requested' && (method === 'transfer' || givenUp) ? undefined : 'underWay';
}

/** What a report that the bank sent a refund back comes to: to be looked at again, nothing new, or booked back. */
export function onReturn(
  status: RefundStatus,
  atProvider: 'pending' | 'succeeded' | 'failed',
): 'undecided' | 'stands' | 'returned' {
  if (goneBackStatuses.includes(status)) return 'stands';
  if (status !== 'succeeded') return 'undecided';
  return atProvider === 'failed' ? 'returned' : 'stands';
}
