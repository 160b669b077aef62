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

/** What a report that the bank sent a refund back comes to: to be looked at again, nothing new, or booked back. */
export function onReturn(
  status: RefundStatus,
  atProvider: 'pending' | 'succeeded' | 'failed',
): 'undecided' | 'stands' | 'returned' {
  if (goneBackStatuses.includes(status)) return 'stands';
  if (status !== 'succeeded') return 'undecided';
  return atProvider === 'failed' ? 'returned' : 'stands';
}
