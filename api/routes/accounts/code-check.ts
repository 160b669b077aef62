import type { Authenticator } from '../../../gateways/authenticator.js';
import type { Sealer } from '../../../gateways/sealing.js';
import type { SecondFactor } from '../../../models/accounts/second-factor.js';
import { type CodeVerdict, judgeCode, stepsTaken } from '../../../rules/accounts/one-time-code.js';

export interface CodeCheckDeps {
  readonly sealer: Sealer;
  readonly authenticator: Authenticator;
  readonly now: () => Date;
}

/** Compares a code with a person's secret. `takeCode` also uses it up: the same code is taken once, whoever is quicker. */
export function createCodeCheck({ sealer, authenticator, now }: CodeCheckDeps) {
  function stepOf({ sealedSecret }: SecondFactor, code: string): number | undefined {
    return authenticator.stepOf(code, sealer.open(sealedSecret), stepsTaken(now()));
  }

  async function takeCode(factor: SecondFactor, code: string): Promise<CodeVerdict> {
    const step = stepOf(factor, code);
    const verdict = judgeCode(step, factor.lastStep);
    if (verdict !== 'right' || step === undefined) return verdict;
    return (await factor.takeStep(step)) ? 'right' : 'used';
  }

  return { stepOf, takeCode };
}

export type CodeCheck = ReturnType<typeof createCodeCheck>;
