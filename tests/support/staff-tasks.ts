import { randomUUID } from 'node:crypto';
import type { Customer } from '../../models/accounts/customer.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { placeOrder } from '../../models/orders/order-placement.js';
import type { Service } from '../../models/services/service.js';
import { dayAt } from '../../rules/calendar.js';
import { serviceCancellation } from '../../workflows/messages/service-cancellation.js';
import { aCancellation, aUser } from './builders.js';
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

/** A service's end that staff gave up: it rests from then for a week, and the task by which they did. */
export async function aRestingEnd(service: Service, at: Date) {
  const cancellation = await aCancellation(service);
  await cancellation.$query().patchAndFetch({ endsOn: dayAt(at, 'UTC') });
  for (const status of ['scheduled', 'ending', 'resting'] as const) await cancellation.moveTo(status, at);
  const workflowId = serviceCancellation.workflowId({ cancellationId: cancellation.id });
  await ProcessStart.markStarted(workflowId, at);
  const { id } = await aTask({ workflowId, subject: service.name, step: 'cutOffServer', since: at });
  await StaffTask.close(id, { answer: 'cancel', answeredBy: 'process', answeredAt: at });
  return { cancellation, taskId: id };
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
