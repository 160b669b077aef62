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
    errors: problems.map((problem) => ({ field: problem, text: says(`errors.${problem}`) })),
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
