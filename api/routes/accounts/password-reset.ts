import type { Response } from 'express';
import { z } from 'zod';
import { PasswordReset } from '../../../models/accounts/password-reset.js';
import { passwordReset } from '../../../workflows/messages/password-reset.js';
import { text, typedText } from '../../forms/fields.js';
import type { SignInLimits } from '../../middleware/sign-in-limits.js';
import { presentLetterSent, presentResetForm } from '../../presenters/password-links.js';
import { type PromiseDeps, startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { Entrance } from './entrances.js';
import { tellToWait } from './waiting.js';

export interface PasswordResetDeps extends PromiseDeps {
  readonly limits: SignInLimits;
}

const form = z.object({ name: text({ min: 1, max: 254 }) });

/** Asking for a new password. Whoever is named, the answer is the same, and so is the work before it. */
export function passwordResetRoutes(entrance: Entrance, deps: PasswordResetDeps): RouteDeclaration[] {
  const { area, kind, resetPage: path } = entrance;

  function show(response: Response, typed = '', missing = false): void {
    response.status(missing ? 422 : 200);
    response.render(
      'accounts/password-reset',
      presentResetForm(response.locals.language, { entrance, typed, missing }),
    );
  }

  async function ask(request: PathRequest, response: Response): Promise<unknown> {
    const asked = form.safeParse(request.body ?? {});
    if (!asked.success) return show(response, typedText(request.body).name, true);
    const { name } = asked.data;
    const { ip: address = '' } = request;
    const tooMany = await deps.limits.count(area, name, address);
    if (tooMany) return tellToWait(response, tooMany, { now: deps.now(), entrance });
    const resetId = await PasswordReset.ask({ personKind: kind, name, address, askedAt: deps.now() });
    await startPromised(deps, passwordReset, { resetId });
    response.render('accounts/letter-sent', presentLetterSent(response.locals.language, { entrance, of: 'reset' }));
  }

  return [
    { method: 'get', path, right: 'anyone', layout: 'plain', handle: (_request, response) => show(response) },
    { method: 'post', path, right: 'anyone', layout: 'plain', handle: ask },
  ];
}
