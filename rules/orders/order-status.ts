export type OrderStatus =
  | 'awaiting_payment' // placed and invoiced; a machine is held for half an hour
  | 'preparing' //        paid; the server is being built
  | 'active' //           handed over
  | 'cancelling' //       the customer changed their mind; what was taken is being given back
  | 'cancelled' //        given back, and paid back where something was paid
  | 'expired' //          never paid
  | 'refunded'; //        paid, but could not be delivered; the money went back

interface Arrival {
  readonly from: readonly OrderStatus[];
  readonly movedBy: 'customer' | 'process';
}

const arrivals: Readonly<Record<OrderStatus, Arrival>> = {
  awaiting_payment: { from: [], movedBy: 'customer' },
  preparing: { from: ['awaiting_payment'], movedBy: 'process' },
  active: { from: ['preparing'], movedBy: 'process' },
  cancelling: { from: ['awaiting_payment', 'preparing'], movedBy: 'customer' },
  cancelled: { from: ['cancelling'], movedBy: 'process' },
  expired: { from: ['awaiting_payment'], movedBy: 'process' },
  refunded: { from: ['preparing'], movedBy: 'process' },
};

export const orderStatuses = Object.keys(arrivals) as readonly OrderStatus[];

/** Orders about which nothing more happens by itself. */
export const closedOrderStatuses: readonly OrderStatus[] = ['active', 'cancelled', 'expired', 'refunded'];

export function orderStatusesBefore(status: OrderStatus): readonly OrderStatus[] {
  return arrivals[status].from;
}

export function orderMovedBy(status: OrderStatus): 'customer' | 'process' {
  return arrivals[status].movedBy;
}

export function isOrderClosed(status: OrderStatus): boolean {
  return closedOrderStatuses.includes(status);
}
