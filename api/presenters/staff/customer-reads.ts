import { phrase } from '../../../locales/phrases.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import type { TaskCase } from '../../../models/staff/task-case.js';
import { isOrderClosed } from '../../../rules/orders/order-status.js';
import { cancellationNext } from '../cancellation.js';
import type { Reader } from '../moments.js';
import { nextOf } from '../orders/next.js';
import { isProvisioningStep } from './order-steps.js';

/** What the customer's own page says comes next while a task about their thing is open; nothing where they have none. */
export function customerReads(reader: Reader, { about, cancellation }: TaskCase, now: Date): string | undefined {
  const { order, steps, power } = about;
  const says = (sentence: string) => phrase(reader.language, 'tasks:page.customerReads', { sentence });
  if (power) return power.user ? says(phrase(reader.language, 'power:command.next.staff')) : undefined;
  if (cancellation) {
    const next = cancellationNext(reader, cancellation, cancellation.service.customer.email);
    return next && says(next.text);
  }
  if (!order || isOrderClosed(order.status)) return undefined;
  const ofOrder = steps.filter(({ step }) => isProvisioningStep(step)) as unknown as OrderProgress['steps'];
  return says(nextOf(reader, { order, steps: ofOrder, withStaff: true }, now).text);
}
