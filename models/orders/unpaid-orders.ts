import type { Transaction } from 'objection';
import { Customer } from '../accounts/customer.js';
import { Order } from './order.js';

/** The customer has as many unpaid orders as anybody may. */
export class TooManyUnpaid extends Error {
  override name = 'TooManyUnpaid';
}

/** One order of a customer after the other, so that twenty at once are counted too. */
export async function refuseTooManyUnpaid({ id }: Pick<Customer, 'id'>, most: number, trx: Transaction): Promise<void> {
  await Customer.query(trx).findById(id).select('id').forNoKeyUpdate();
  const unpaid = await Order.query(trx).where({ customerId: id, status: 'awaiting_payment' }).resultSize();
  if (unpaid >= most) throw new TooManyUnpaid(`${unpaid} orders are not paid yet`);
}
