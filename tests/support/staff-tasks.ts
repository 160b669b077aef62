import { randomUUID } from 'node:crypto';
import type { Customer } from '../../models/accounts/customer.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { placeOrder } from '../../models/orders/order-placement.js';
import { aUser } from './builders.js';
import { aProduct, aServer } from './inventory.js';
import { aPlacement } from './orders.js';

/** An open task: a machine that does not switch off, which is a matter of hardware. */
export async function aTask(differing: Partial<StaffTask> = {}): Promise<StaffTask> {
  const about = {
    workflowId: `service-cancellation:${randomUUID()}`,
    subjectType: 'service',
    subject: 'web-1',
  } as const;
  const step = { step: 'suspendService', skippable: false, reason: 'BmcUnreachable: no answer' };
  const id = randomUUID();
  await StaffTask.open({
    id,
    ...about,
    ...step,
    customerId: null,
    since: new Date('2027-03-11T10:00Z'),
    ...differing,
  });
  return StaffTask.query().findById(id).throwIfNotFound();
}

/** An order as the customer's page places it, with the one machine that there is of its product. */
export async function aPlacedOrder(
  customer: Customer,
  { product = 'Quay M4', hostName = 'web-4.haut-jura.example', placedAt = new Date('2027-03-11T10:00Z') } = {},
) {
  const sold = await aProduct({ name: product });
  await aServer({ productId: sold.id });
  const user = await aUser(customer, { name: 'Élodie Martin' });
  return placeOrder(await aPlacement({ customer, user, product: sold }, { hostName, placedAt }));
}
