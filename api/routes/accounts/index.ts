import type { Knex } from 'knex';
import { createAuthenticator } from '../../../gateways/authenticator.js';
import type { Processes } from '../../../gateways/processes.js';
import type { Sealer } from '../../../gateways/sealing.js';
import { createSignInLimits } from '../../middleware/sign-in-limits.js';
import type { RouteDeclaration } from '../../routing.js';
import { accountPageRoutes } from './account.js';
import { accountRulesRoutes } from './account-rules.js';
import { createAdmission } from './admission.js';
import { createCodeCheck } from './code-check.js';
import { customerEntrance, type Entrance, staffEntrance } from './entrances.js';
import { homeRoutes } from './home.js';
import { ownPasswordRoutes } from './own-password.js';
import { ownSecondFactorRoutes } from './own-second-factor.js';
import { passwordResetRoutes } from './password-reset.js';
import { preferenceRoutes } from './preferences.js';
import { createProof } from './proof.js';
import { secondFactorRoutes } from './second-factor.js';
import { setPasswordRoutes } from './set-password.js';
import { signInRoutes } from './sign-in.js';
import { signInCodeRoutes } from './sign-in-code.js';
import { signOutRoutes } from './sign-out.js';
import { trailRoutes } from './trail.js';

export interface AccountDeps {
  readonly knex: Knex;
  readonly processes: Processes;
  /** Seals the secrets of second factors. */
  readonly sealer: Sealer;
  readonly now: () => Date;
}

/** Coming, going, and what a person chooses. */
export function accountRoutes({ knex, processes, sealer, now }: AccountDeps): RouteDeclaration[] {
  const limits = createSignInLimits(knex, now);
  const codeLimits = createSignInLimits(knex, now, 'code');
  const letterLimits = createSignInLimits(knex, now, 'letter');
  const authenticator = createAuthenticator();
  const codes = createCodeCheck({ sealer, authenticator, now });

  const doorOf = (entrance: Entrance) => {
    const admission = createAdmission(entrance, { sealer, authenticator, now });
    const proof = createProof(entrance.area, { codes, limits: codeLimits, now });
    return [
      ...signInRoutes(entrance, { admission, limits, now }),
      ...signInCodeRoutes(entrance, { admission, codes, limits: codeLimits, now }),
      ...secondFactorRoutes(entrance, { admission, codes, authenticator, sealer, limits: codeLimits, now }),
      ...accountPageRoutes(entrance, { sealer, authenticator }),
      ...ownPasswordRoutes(entrance, { proof, now }),
      ...ownSecondFactorRoutes(entrance, { proof, authenticator, now }),
      ...passwordResetRoutes(entrance, { limits: letterLimits, processes, now }),
      ...setPasswordRoutes(entrance, { admission, limits: letterLimits, processes, now }),
      ...signOutRoutes(entrance.area, now),
    ];
  };
  return [
    ...doorOf(customerEntrance),
    ...doorOf(staffEntrance),
    ...accountRulesRoutes({ now }),
    ...trailRoutes(),
    ...preferenceRoutes(),
    ...homeRoutes(now),
  ];
}
