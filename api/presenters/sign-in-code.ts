import { phrase } from '../../locales/phrases.js';
import type { Person } from '../../models/accounts/person.js';
import { moment, type Reader } from './moments.js';

export type CodeProblem = 'unreadable' | 'wrong' | 'used';

export interface CodePageInput {
  readonly entrance: { readonly area: 'customer' | 'staff'; readonly page: string; readonly codePage: string };
  readonly person: Pick<Person, 'lastSignInAt' | 'lastSignInAddress' | 'language' | 'timeZone'>;
  readonly step: 'code' | 'recovery_code';
  readonly problem: CodeProblem | undefined;
  readonly brand: { readonly name: string };
}

export function presentCodePage(
  { language }: Pick<Reader, 'language'>,
  { entrance, person, step, problem, brand }: CodePageInput,
) {
  const says = (key: string, values = {}) => phrase(language, `access:code.${key}`, values);
  const byCode = step === 'code';
  const staffArea = entrance.area === 'staff';
  const { lastSignInAt, lastSignInAddress: address, timeZone } = person;
  return {
    title: says(byCode ? 'title' : 'recoveryTitle'),
    narrow: true,
    staffArea,
    byCode,
    purpose: says(byCode ? 'purpose' : 'recoveryPurpose', { shop: staffArea ? 'Quartermaster' : brand.name }),
    action: entrance.codePage,
    error: problem && says(`problems.${step}.${problem}`),
    other: byCode ? `${entrance.codePage}?with=recovery` : entrance.codePage,
    otherLabel: says(byCode ? 'useRecovery' : 'useCode'),
    lost: says(staffArea ? 'lostStaff' : 'lost', { shop: brand.name }),
    last: lastSignInAt && says('last', { at: moment({ language, timeZone }, lastSignInAt).text, address }),
  };
}
