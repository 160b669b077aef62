import { faultsOf, type PasswordFault, type PasswordLevel } from '../../../rules/accounts/password-policy.js';
import { typedPassword, typedText } from '../fields.js';

/** What a new password lacks; `unreadable` is too long, or holds what no keyboard types; `again`: the second differs. */
export type NewPasswordProblem = PasswordFault | 'unreadable' | 'again';

export interface Held {
  readonly passwordLevel: PasswordLevel;
  readonly ownWords: readonly string[];
}

/** A new password, typed twice, or what is wrong with it. */
export function readNewPassword(
  body: unknown,
  { passwordLevel, ownWords }: Held,
): { readonly password: string } | { readonly problems: readonly NewPasswordProblem[] } {
  const { password: typed = '', again = '' } = typedText(body);
  if (typed === '') return { problems: ['length'] };
  const read = typedPassword.safeParse(typed);
  if (!read.success) return { problems: ['unreadable'] };
  const faults = faultsOf(read.data, passwordLevel, ownWords);
  if (faults.length > 0) return { problems: faults };
  return typedPassword.safeParse(again).data === read.data ? { password: read.data } : { problems: ['again'] };
}
