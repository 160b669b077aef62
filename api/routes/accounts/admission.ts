import type { Response } from 'express';
import type { Authenticator } from '../../../gateways/authenticator.js';
import type { Sealer } from '../../../gateways/sealing.js';
import { accountRulesFor } from '../../../models/accounts/account-rules.js';
import { enabledPerson, type Person } from '../../../models/accounts/person.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { recordSignIn, type SecondStep } from '../../../models/accounts/sign-ins.js';
import { deedOf } from '../../deed.js';
import { readInTheirs } from '../../middleware/language.js';
import { beginSecondStep, outlived, secondStepOf, startSession } from '../../middleware/sessions.js';
import type { PathRequest } from '../../routing.js';
import type { Entrance } from './entrances.js';

export interface AdmissionDeps {
  readonly sealer: Sealer;
  readonly authenticator: Authenticator;
  readonly now: () => Date;
}

/** Somebody whose password was right. */
export interface Passed {
  readonly person: Person;
  /** The page that asked for the sign-in. */
  readonly to: string | undefined;
  /** When it was looked at: whatever ended their sessions since then ends this one too. */
  readonly at: Date;
}

/** The way from a right password into the house. Until the second step is done the session holds nobody. */
export function createAdmission(entrance: Entrance, { sealer, authenticator, now }: AdmissionDeps) {
  const { kind, page, codePage, enrolment, home } = entrance;

  /** In at once, or on to the code, or to setting up what is demanded. */
  async function goOn(passed: Passed, request: PathRequest, response: Response): Promise<void> {
    const { person, to, at } = passed;
    const factor = await SecondFactor.standing(person);
    if (!factor && !(await accountRulesFor(person)).demandsSecondFactor)
      return admit(passed, 'none', request, response);
    await beginSecondStep(request, { personId: person.id, at: at.toISOString(), ...(to && { to }) });
    if (!factor) await SecondFactor.begin(person, sealer.seal(authenticator.newSecret()));
    response.redirect(303, factor ? codePage : enrolment);
  }

  async function admit(passed: Passed, by: SecondStep, request: PathRequest, response: Response): Promise<void> {
    const admitted = await letIn(passed, by, request);
    response.redirect(303, admitted ? (passed.to ?? home) : page);
  }

  /** Without leading anywhere. False where the password was changed meanwhile. */
  async function letIn({ person, at }: Passed, by: SecondStep, request: PathRequest): Promise<boolean> {
    if (!(await recordSignIn(person, by, deedOf(person, request, now())))) return false;
    await startSession(request, { personId: person.id }, at);
    return true;
  }

  /** Who stands between the two steps; nobody after ten minutes, or once their sessions were ended. */
  async function waiting(request: PathRequest, response: Response): Promise<Passed | undefined> {
    const step = secondStepOf(request, now());
    const person = step && (await enabledPerson({ kind, id: step.personId }));
    if (!step || !person || outlived(step.at, person)) return;
    readInTheirs(request, response, person);
    return { person, to: step.to, at: step.at };
  }

  return { goOn, admit, letIn, waiting };
}

export type Admission = ReturnType<typeof createAdmission>;
