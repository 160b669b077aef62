import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';

export type EnrolmentProblem = 'password' | 'code';

interface Door {
  readonly area: 'customer' | 'staff';
  readonly enrolment: string;
}

export interface EnrolmentInput {
  readonly entrance: Door;
  readonly person: { readonly email: string };
  /** In base 32. */
  readonly secret: string;
  readonly signedIn: boolean;
  readonly problems: readonly EnrolmentProblem[];
}

export function presentEnrolment(language: Language, { entrance, person, secret, signedIn, problems }: EnrolmentInput) {
  const says = (key: string) => phrase(language, `access:enrolment.${key}`);
  const errorOf = (problem: EnrolmentProblem) => (problems.includes(problem) ? says(`errors.${problem}`) : undefined);
  return {
    title: says('title'),
    staffArea: entrance.area === 'staff',
    purpose: says(signedIn ? 'wished' : entrance.area === 'staff' ? 'demandedOfStaff' : 'demanded'),
    action: entrance.enrolment,
    picture: `${entrance.enrolment}/qr.svg`,
    person: person.email,
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    asksPassword: signedIn,
    errors: problems.map((problem) => ({
      field: problem === 'password' ? 'current' : problem,
      text: says(`errors.${problem}`),
    })),
    passwordError: errorOf('password'),
    codeError: errorOf('code'),
  };
}

export interface RecoveryCodesInput {
  readonly entrance: Pick<Door, 'area'>;
  readonly recovery: readonly string[];
  /** Where to go on to. */
  readonly onward: string;
}

/** The one time that they are shown. */
export function presentRecoveryCodes(language: Language, { entrance, recovery, onward }: RecoveryCodesInput) {
  return {
    title: phrase(language, 'access:recovery.title'),
    staffArea: entrance.area === 'staff',
    codes: recovery,
    onward,
  };
}

export interface FactorChangeInput {
  readonly account: string;
  readonly action: string;
  readonly change: 'removal' | 'recovery';
  /** Who must have a second factor changes their telephone by it. */
  readonly demanded: boolean;
  readonly problems: readonly ('password' | 'code')[];
}

export function presentFactorChange(language: Language, input: FactorChangeInput) {
  const { account, action, change, demanded, problems } = input;
  const says = (key: string) => phrase(language, `access:factorChange.${key}`);
  const words = change === 'removal' && demanded ? 'replacement' : change;
  const errorOf = (problem: 'password' | 'code') =>
    problems.includes(problem) ? says(`errors.${problem}`) : undefined;
  const fields = { password: 'current', code: 'code' } as const;
  return {
    title: says(`${words}.title`),
    crumbs: [{ label: phrase(language, 'access:account.title'), address: account }],
    sub: says(`${words}.sentence`),
    submit: says(`${words}.submit`),
    action,
    account,
    takesOff: words === 'removal',
    errors: problems.map((problem) => ({ field: fields[problem], text: says(`errors.${problem}`) })),
    currentError: errorOf('password'),
    codeError: errorOf('code'),
  };
}
