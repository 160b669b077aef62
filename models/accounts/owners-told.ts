import type { Transaction } from 'objection';
import { AccountLetter } from './account-letter.js';
import type { Customer } from './customer.js';
import { User } from './user.js';

/** A customer that somebody joins. */
export type Joined = Pick<Customer, 'id' | 'name' | 'brandId'>;

/** A letter to whoever may act for the customer already: nobody comes to their servers and their money unseen. */
export async function tellOwners(
  { id, name: customer, brandId: brand }: Joined,
  { id: joinedId, name, email }: User,
  happenedAt: Date,
  trx: Transaction,
): Promise<void> {
  const others = await User.query(trx)
    .modify('enabled')
    .whereExists(User.knex()('memberships').whereRaw('user_id = users.id').where({ customerId: id, role: 'owner' }))
    .whereNot({ id: joinedId });
  const values = { customer, brand, person: `${name}, ${email}` };
  for (const owner of others) await AccountLetter.promise(owner, { kind: 'member_joined', values, happenedAt }, trx);
}
