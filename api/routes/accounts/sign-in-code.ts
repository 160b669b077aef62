import type { Response } from 'express';
import { RecoveryCode } from '../../../models/accounts/recovery-code.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { recordRefusal } from '../../../models/accounts/sign-ins.js';
import { parseSecondStep, type SecondStepForm } from '../../forms/accounts/second-step.js';
import { endSession } from '../../middleware/sessions.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import { type CodeProblem, presentCodePage } from '../../presenters/sign-in-code.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { Admission, Passed } from './admission.js';
import type { CodeCheck } from './code-check.js';
import type { Entrance } from './entrances.js';
import { tellToWait } from './waiting.js';

export interface SignInCodeDeps {
  readonly admission: Admission;
  readonly codes: CodeCheck;
  readonly limits: SignInLimits;
  readonly now: () => Date;
}

/** The second step: a code from the app, or one of those kept for the day without it. */
export function signInCodeRoutes(
  entrance: Entrance,
  { admission, codes, limits, now }: SignInCodeDeps,
): RouteDeclaration[] {
  const { area, kind, page, codePage } = entrance;

  async function show(request: PathRequest, response: Response): Promise<unknown> {
    const passed = await admission.waiting(request, response);
    if (!passed) return response.redirect(303, page);
    return draw(response, passed, request.query.with === 'recovery' ? 'recovery_code' : 'code');
  }

  function draw(response: Response, { person }: Passed, step: SecondStepForm['step'], problem?: CodeProblem): void {
    const { reader, brand } = response.locals;
    response.status(problem ? 422 : 200);
    response.render('accounts/sign-in-code', presentCodePage(reader, { entrance, person, step, problem, brand }));
  }

  async function enter(request: PathRequest, response: Response): Promise<unknown> {
    const passed = await admission.waiting(request, response);
    const factor = passed && (await SecondFactor.standing(passed.person));
    if (!passed || !factor) return startAnew(request, response);
    const form = parseSecondStep(request.body);
    if (!form)
      return draw(response, passed, 'recovery' in (request.body ?? {}) ? 'recovery_code' : 'code', 'unreadable');

    const { person } = passed;
    const { ip: address = '' } = request;
    const tooMany = await limits.count(area, person.id, address);
    if (tooMany) return tellToWait(response, tooMany, { now: now(), entrance });
    const verdict = await judge(factor, form);
    if (verdict !== 'right') {
      await recordRefusal(kind, person, form.step, { address, happenedAt: now() });
      return draw(response, passed, form.step, verdict);
    }
    await limits.forgive(area, person.id, address);
    await admission.admit(passed, form.step, request, response);
  }

  async function judge(factor: SecondFactor, { step, typed }: SecondStepForm) {
    if (step === 'code') return codes.takeCode(factor, typed);
    return (await RecoveryCode.useUp(factor.id, typed, now())) ? 'right' : 'wrong';
  }

  /** Too late, disabled, or reset meanwhile: the password is asked for again. */
  async function startAnew(request: PathRequest, response: Response): Promise<void> {
    await endSession(request);
    response.redirect(303, page);
  }

  return [
    { method: 'get', path: codePage, right: 'anyone', layout: 'plain', handle: show },
    { method: 'post', path: codePage, right: 'anyone', layout: 'plain', handle: enter },
  ];
}
