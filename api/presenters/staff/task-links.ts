import { phrase } from '../../../locales/phrases.js';
import type { StaffTask } from '../../../models/durable/staff-task.js';
import type { Case } from '../../../models/staff/case.js';
import type { Icon } from '../icons.js';
import type { Reader } from '../moments.js';

interface Link {
  readonly icon: Icon;
  readonly label: string;
  readonly address: string;
}

/** From a task to what it is about: order, invoice, machine, as far as there are pages of them. */
export function linksOf({ language }: Reader, task: StaffTask, { order, lease, power }: Case): Link[] {
  const says = (key: string) => phrase(language, `tasks:links.${key}`);
  const label = power?.server.label ?? lease?.server.label;
  const invoice = task.subjectType === 'invoice' ? task.subject : order?.invoice?.number;
  return [
    ...(order ? [{ icon: 'package', label: says('order'), address: `/staff/orders/${order.number}` } as const] : []),
    ...(invoice
      ? [{ icon: 'file-invoice', label: says('invoice'), address: `/staff/invoices/${invoice}` } as const]
      : []),
    ...(label
      ? [{ icon: 'server-2', label: says('machine'), address: `/staff/servers/${encodeURIComponent(label)}` } as const]
      : []),
  ];
}
