import { upsertSearchAttributes } from '@temporalio/workflow';
import { CustomerNumber, InvoiceNumber, OrderNumber, ServiceName, Stage } from '../messages/search-attributes.js';

const keys = {
  customer: CustomerNumber,
  order: OrderNumber,
  invoice: InvoiceNumber,
  service: ServiceName,
  stage: Stage,
} as const;

/** The numbers people know a process by, and how far it has come; what is not named stays as it is. */
export type Labels = Partial<Readonly<Record<keyof typeof keys, string>>>;

/** Makes the process findable in the Temporal UI by these. */
export function label(labels: Labels): void {
  const named = Object.entries(labels) as [keyof typeof keys, string][];
  upsertSearchAttributes(named.map(([name, value]) => ({ key: keys[name], value })));
}
