import { Model, type QueryBuilder } from 'objection';
import type { Customer } from './customer.js';

/** Groups a customer's services; each customer has one that new orders go to. */
export class Contract extends Model {
  static override tableName = 'contracts';

  declare id: string;
  declare customerId: string;
  declare name: string;
  declare isDefault: boolean;

  static override modifiers = {
    usualOf: (query: QueryBuilder<Contract>, customer: Pick<Customer, 'id'>) =>
      query.where({ customerId: customer.id, isDefault: true }),
  };
}
