import { passwordMatches } from '../../../gateways/passwords.js';
import type { Person } from '../../../models/accounts/person.js';
import { RecoveryCode } from '../../../models/accounts/recovery-code.js';
import type { SecondFactor } from '../../../models/accounts/second-factor.js';
import { recordRefusal } from '../../../models/accounts/sign-ins.js';
import { parseProof } from '../../forms/accounts/proof.js';
import type { Area } from '../../middleware/sessions.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import type { PathRequest } from '../../routing.js';
import type { CodeCheck } from './code-check.js';

export type ProofProblem = 'password' | 'code';

export interface ProofDeps {
  readonly codes: CodeCheck;
  readonly limits: SignInLimits;
  readonly now: () => Date;
}

/** Before what lets people in is changed, they prove once more who they are: an open browser is not enough. */
export function createProof(area: Area, { codes, limits, now }: ProofDeps) {
  /** By the password, and where there is a second factor by it too; what was wrong, or when the next try is taken. */
  async function prove(
    person: Person,
    factor: SecondFactor | undefined,
    request: PathRequest,
  ): Promise<{ readonly problems: readonly ProofProblem[] } | { readonly tryAgainAt: Date }> {
    const { ip: address = '' } = request;
    const tooMany = await limits.count(area, person.id, address);
    if (tooMany) return tooMany;
    const { password, code } = parseProof(request.body);
    const knows = await passwordMatches(person.passwordHash, password);
    const has = !factor || (knows && (await takes(factor, code)));
    if (knows && has) {
      await limits.forgive(area, person.id, address);
      return { problems: [] };
    }
    await recordRefusal(person.kind, person, knows ? 'code' : 'password', { address, happenedAt: now() });
    return { problems: [knows ? 'code' : 'password'] };
  }

  /** A code of the app, or one of those kept for the day without it. */
  async function takes(factor: SecondFactor, typed: string): Promise<boolean> {
    if (/^[0-9]{6}$/.test(typed)) return (await codes.takeCode(factor, typed)) === 'right';
    return RecoveryCode.useUp(factor.id, typed, now());
  }

  return { prove };
}

export type Proof = ReturnType<typeof createProof>;
