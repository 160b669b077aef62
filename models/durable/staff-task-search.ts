import { Customer } from '../accounts/customer.js';
import { StaffTask } from './staff-task.js';

export interface TasksWanted {
  readonly show: 'open' | 'decided' | 'all';
  /** A part of what it is about, or of the customer's name. */
  readonly query: string;
  readonly sort: 'since' | 'subject';
  readonly direction: 'asc' | 'desc';
}

export function tasksFound({ show, query, sort, direction }: TasksWanted) {
  const found = StaffTask.query()
    .withGraphJoined('customer')
    .orderBy([
      { column: `staff_tasks.${sort}`, order: direction },
      { column: 'staff_tasks.id', order: direction },
    ]);
  if (show === 'open') found.whereNull('answer');
  if (show === 'decided') found.whereNotNull('answer');
  if (!query) return found;
  const like = `%${query.replaceAll(/[\\%_]/g, '\\$&')}%`;
  const customers = Customer.query().whereColumn('customers.id', 'staff_tasks.customerId').where('name', 'ilike', like);
  return found.where((either) => either.where('subject', 'ilike', like).orWhereExists(customers));
}
