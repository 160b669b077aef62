import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';
import type { Held, NewPasswordProblem } from '../forms/accounts/new-password.js';
import { presentNewPassword } from './new-password.js';

export interface OwnPasswordInput {
  readonly account: string;
  readonly action: string;
  readonly email: string;
  readonly held: Held;
  readonly wrong: readonly ('password' | 'code')[];
  readonly problems: readonly NewPasswordProblem[];
}

export function presentOwnPassword(language: Language, input: OwnPasswordInput) {
  const { account, action, email, held, wrong, problems } = input;
  const says = (key: string) => phrase(language, `access:ownPassword.${key}`);
  const currentError = wrong.length > 0 ? phrase(language, 'access:factorChange.errors.password') : undefined;
  const { errors, ...fresh } = presentNewPassword(language, held, problems);
  return {
    ...fresh,
    title: says('title'),
    crumbs: [{ label: phrase(language, 'access:account.title'), address: account }],
    scripts: ['new-password.js'],
    account,
    action,
    email,
    currentError,
    errors: [...(currentError ? [{ field: 'current', text: currentError }] : []), ...errors],
  };
}
