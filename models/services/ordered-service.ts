import type { Transaction } from 'objection';
import type { Order } from '../orders/order.js';
import type { OrderLine } from '../orders/order-line.js';
import { Service } from './service.js';

/** Parts of other pages' addresses: `/servers/login/…` is what the welcome letter leads to. */
const taken = ['login'];

/** Called by the first label of its host name; where the customer has one of that name already, the next number. */
export async function createOrderedService(
  { customerId, contractId, placedAt }: Order,
  line: OrderLine,
  trx: Transaction,
): Promise<Service> {
  const name = line.hostName.split('.')[0] ?? line.hostName;
  const standing = await Service.query(trx).select('slug').where({ customerId }).where('slug', 'like', `${name}%`);
  const used = new Set([...taken, ...standing.map((service) => service.slug)]);
  let slug = name;
  for (let next = 2; used.has(slug); next++) slug = `${name}-${next}`;
  const named = { slug, name: slug, hostName: line.hostName };
  const row = { customerId, contractId, orderLineId: line.id, kind: 'server', status: 'ordered' } as const;
  return Service.query(trx).insertAndFetch({ ...row, ...named, createdAt: placedAt });
}
