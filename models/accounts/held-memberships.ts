import { type Model, snakeCaseMappers } from 'objection';
import { askPrepared } from '../prepared.js';
import { Customer } from './customer.js';
import { Membership } from './membership.js';
import { User } from './user.js';

type Row = Readonly<Record<string, unknown>>;

const parts = { membership: Membership, user: User, customer: Customer } as const;
const { format } = snakeCaseMappers();
let statement: string | undefined;

/**
 * What a user who is not disabled holds, by the customers' names, with user and customer. Every page of a customer begins
 * with it, so the statement is put together once, not a request.
 */
export async function heldMemberships(userId: string): Promise<Membership[]> {
  statement ??= await written();
  const rows = await askPrepared<Row>(Membership.knex(), 'held_memberships', statement, [userId]);
  return rows.map(membershipOf);
}

/** With all columns of the three tables by name, each called as its model has it: `user:lastSignInAt`. */
async function written(): Promise<string> {
  const named = Object.entries(parts).map(async ([part, model]) => {
    const { columns } = await (model as typeof Model).fetchTableMetadata();
    return columns.map((column) => `"${part}".${Object.keys(format({ [column]: 0 }))[0]} AS "${part}:${column}"`);
  });
  return `SELECT ${(await Promise.all(named)).flat().join(', ')} FROM memberships membership
    JOIN users "user" ON "user".id = membership.user_id JOIN customers customer ON customer.id = membership.customer_id
    WHERE membership.user_id = ? AND "user".disabled_at IS NULL ORDER BY customer.name`;
}

function membershipOf(row: Row): Membership {
  const values = { membership: {}, user: {}, customer: {} } as Record<string, Record<string, unknown>>;
  for (const [name, value] of Object.entries(row)) {
    const colon = name.indexOf(':');
    const part = values[name.slice(0, colon)];
    if (part) part[name.slice(colon + 1)] = value;
  }
  const membership = Membership.fromDatabaseJson(values.membership ?? {});
  membership.user = User.fromDatabaseJson(values.user ?? {});
  membership.customer = Customer.fromDatabaseJson(values.customer ?? {});
  return membership;
}
