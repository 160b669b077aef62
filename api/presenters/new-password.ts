import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';
import { minimumLength, ownWords, passwordFaults } from '../../rules/accounts/password-policy.js';
import type { Held, NewPasswordProblem } from '../forms/accounts/new-password.js';

/** Whether it is a common one is known to the server alone. */
const shown = passwordFaults.filter((fault) => fault !== 'common');

/** For `partials/new-password`: what the password needs, and what the last one lacked. */
export function presentNewPassword(language: Language, held: Held, problems: readonly NewPasswordProblem[] = []) {
  const count = minimumLength[held.passwordLevel];
  const says = (key: string) => phrase(language, `access:newPassword.${key}`, { count });
  const lacking = problems.filter((problem) => problem !== 'again').map((problem) => says(`problems.${problem}`));
  const again = problems.includes('again') ? says('problems.again') : undefined;
  return {
    minimum: count,
    own: ownWords(held.ownWords).join(' '),
    needs: shown.map((rule) => ({ rule, label: says(`needs.${rule}`) })),
    error: lacking.length > 0 ? lacking.join(' ') : undefined,
    againError: again,
    errors: [
      ...lacking.map((text) => ({ field: 'password', text })),
      ...(again ? [{ field: 'again', text: again }] : []),
    ],
  };
}
