import { type Counts, presentFrame } from '../presenters/frame.js';

/** Everything around a page, from what is known of its reader. Plain pages have no columns, so nothing is counted. */
export async function frameAround(locals: Express.Locals, plain: boolean) {
  const { language, path, brand, user, membership, customer, memberships, staff } = locals;
  const counts = plain ? {} : await countsFor(locals);
  const customers = memberships?.map((held) => held.customer);
  return presentFrame({ language, path, brand, counts, user, role: membership?.role, customer, customers, staff });
}

async function countsFor(_locals: Express.Locals): Promise<Counts> {
  return {};
}
