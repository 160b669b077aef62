import { Model, type QueryBuilder } from 'objection';
import type { MembershipRole } from '../../rules/accounts/customer-rights.js';
import { Customer } from './customer.js';
import { User } from './user.js';

/** For which customer a user may act, and as what. */
export class Membership extends Model {
  static override tableName = 'memberships';
  static override idColumn = ['userId', 'customerId'];

  declare userId: string;
  declare customerId: string;
  declare role: MembershipRole;
  declare user: User;
  declare customer: Customer;

  static override relationMappings = () => ({
    user: {
      relation: Model.BelongsToOneRelation,
      modelClass: User,
      join: { from: 'memberships.userId', to: 'users.id' },
    },
    customer: {
      relation: Model.BelongsToOneRelation,
      modelClass: Customer,
      join: { from: 'memberships.customerId', to: 'customers.id' },
    },
  });

  static override modifiers = {
    heldBy: (query: QueryBuilder<Membership>, user: Pick<User, 'id'>) => query.where('userId', user.id),
  };
}
