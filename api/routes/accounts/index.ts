import type { Knex } from 'knex';
import { createSignInLimits } from '../../middleware/sign-in-limits.js';
import type { RouteDeclaration } from '../../routing.js';
import { customerEntrance, staffEntrance } from './entrances.js';
import { homeRoutes } from './home.js';
import { preferenceRoutes } from './preferences.js';
import { signInRoutes } from './sign-in.js';
import { signOutRoutes } from './sign-out.js';

export interface AccountDeps {
  readonly knex: Knex;
  readonly now: () => Date;
}

/** Coming, going, and what a person chooses. */
export function accountRoutes({ knex, now }: AccountDeps): RouteDeclaration[] {
  const limits = createSignInLimits(knex, now);
  return [
    ...signInRoutes(customerEntrance, { limits, now }),
    ...signInRoutes(staffEntrance, { limits, now }),
    ...signOutRoutes('customer', knex),
    ...signOutRoutes('staff', knex),
    ...preferenceRoutes(),
    ...homeRoutes(now),
  ];
}
