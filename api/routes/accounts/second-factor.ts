import type { Response } from 'express';
import { type Authenticator, qrPicture } from '../../../gateways/authenticator.js';
import { passwordMatches } from '../../../gateways/passwords.js';
import type { Sealer } from '../../../gateways/sealing.js';
import { SecondFactor } from '../../../models/accounts/second-factor.js';
import { confirmSecondFactor } from '../../../models/accounts/second-factor-changes.js';
import { deedOf } from '../../deed.js';
import { parseProof } from '../../forms/accounts/proof.js';
import { parseCode } from '../../forms/accounts/second-step.js';
import { renewSession } from '../../middleware/sessions.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import { type EnrolmentProblem, presentEnrolment, presentRecoveryCodes } from '../../presenters/second-factor.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { Admission, Passed } from './admission.js';
import type { CodeCheck } from './code-check.js';
import { accountPageOf, type Entrance } from './entrances.js';
import { tellToWait } from './waiting.js';

export interface SecondFactorDeps {
  readonly admission: Admission;
  readonly codes: CodeCheck;
  readonly authenticator: Authenticator;
  readonly sealer: Sealer;
  readonly limits: SignInLimits;
  readonly now: () => Date;
}

interface Enrolling extends Passed {
  readonly factor: SecondFactor;
  /** Signed in already: then the password is asked for once more. */
  readonly signedIn: boolean;
}

/** Setting the app up: for those who must before they come in, and for those who are in and wish to. */
export function secondFactorRoutes(entrance: Entrance, deps: SecondFactorDeps): RouteDeclaration[] {
  const { admission, codes, authenticator, sealer, limits, now } = deps;
  const { area, page, enrolment } = entrance;
  const account = accountPageOf(entrance);

  /** Whose secret waits to be scanned; everybody else is led to where they belong. */
  async function enrolling(request: PathRequest, response: Response): Promise<Enrolling | undefined> {
    const inside = area === 'staff' ? response.locals.staff : response.locals.user;
    const passed = inside ? { person: inside, to: undefined, at: now() } : await admission.waiting(request, response);
    const factor = passed && (await SecondFactor.query().modify('of', passed.person).modify('unconfirmed').first());
    if (passed && factor) return { ...passed, factor, signedIn: inside !== undefined };
    response.redirect(303, inside ? account : page);
  }

  function draw(
    { person, factor, signedIn }: Enrolling,
    response: Response,
    problems: readonly EnrolmentProblem[] = [],
  ) {
    const { language } = response.locals;
    const secret = sealer.open(factor.sealedSecret);
    response.status(problems.length > 0 ? 422 : 200);
    response.render(
      'accounts/second-factor',
      presentEnrolment(language, { entrance, person, secret, signedIn, problems }),
    );
  }

  async function show(request: PathRequest, response: Response): Promise<void> {
    const enrolled = await enrolling(request, response);
    if (enrolled) draw(enrolled, response);
  }

  async function picture(request: PathRequest, response: Response): Promise<void> {
    const enrolled = await enrolling(request, response);
    if (!enrolled) return;
    const shop = area === 'staff' ? 'Quartermaster' : response.locals.brand.name;
    const names = { shop, person: enrolled.person.email };
    const address = authenticator.addressOf(sealer.open(enrolled.factor.sealedSecret), names);
    response.type('svg').send(await qrPicture(address));
  }

  async function confirm(request: PathRequest, response: Response): Promise<unknown> {
    const enrolled = await enrolling(request, response);
    if (!enrolled) return;
    const { person, factor } = enrolled;
    const tooMany = await limits.count(area, person.id, request.ip ?? '');
    if (tooMany) return tellToWait(response, tooMany, { now: now(), entrance });
    const { step, problems } = await look(request, enrolled);
    if (step === undefined || problems.length > 0) return draw(enrolled, response, problems);

    const recovery = authenticator.newRecoveryCodes();
    const at = now();
    if (!(await confirmSecondFactor(factor, { step, codes: recovery }, deedOf(person, request, at))))
      return response.redirect(303, page);
    await limits.forgive(area, person.id, request.ip ?? '');
    if (!(await goIn(enrolled, request, at))) return response.redirect(303, page);
    const onward = enrolled.signedIn ? account : (enrolled.to ?? entrance.home);
    response.render(
      'accounts/recovery-codes',
      presentRecoveryCodes(response.locals.language, { entrance, recovery, onward }),
    );
  }

  /** The step of the code that was typed, and what was wrong. */
  async function look(request: PathRequest, { person, factor, signedIn }: Enrolling) {
    const code = parseCode(request.body);
    const step = code === undefined ? undefined : codes.stepOf(factor, code);
    const knows = !signedIn || (await passwordMatches(person.passwordHash, parseProof(request.body).password));
    const problems = [...(knows ? [] : ['password' as const]), ...(step === undefined ? ['code' as const] : [])];
    return { step, problems };
  }

  /** Confirming ended all sessions: this one begins anew. */
  async function goIn(enrolled: Enrolling, request: PathRequest, at: Date): Promise<boolean> {
    if (!enrolled.signedIn) return admission.letIn({ ...enrolled, at }, 'code', request);
    await renewSession(request, enrolled.person, at);
    return true;
  }

  return [
    { method: 'get', path: enrolment, right: 'anyone', layout: 'plain', handle: show },
    { method: 'post', path: enrolment, right: 'anyone', layout: 'plain', handle: confirm },
    { method: 'get', path: `${enrolment}/qr.svg`, right: 'anyone', layout: 'plain', handle: picture },
  ];
}
