import { phrase } from '../../../locales/phrases.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { type Language, languages } from '../../../rules/accounts/languages.js';
import { timeZones } from '../../../rules/accounts/time-zones.js';
import type { UserField } from '../../forms/staff/user.js';

export interface UserFormInput {
  readonly customer: Pick<Customer, 'name' | 'number' | 'language' | 'timeZone'>;
  readonly typed: Readonly<Record<string, string>>;
  /** Which field, and the name of the sentence that says what is wrong with it. */
  readonly wrong: readonly { readonly field: UserField; readonly problem: string }[];
}

/** The form for somebody new; reads and tells the time as the customer does unless chosen otherwise. */
export function presentUserForm(language: Language, { customer, typed, wrong }: UserFormInput) {
  const says = (key: string, values = {}) => phrase(language, `customers:userForm.${key}`, values);
  const { name, number } = customer;
  const back = `/staff/customers/${number}`;
  const problems = wrong.map(({ field, problem }) => ({ field, text: says(`wrong.${problem}`) }));
  const chosen = { language: typed.language ?? customer.language, timeZone: typed.timeZone ?? customer.timeZone };
  return {
    title: says('title'),
    sub: says('sub', { customer: name }),
    crumbs: [
      { label: phrase(language, 'customers:list.title'), address: '/staff/customers' },
      { label: name, address: back },
    ],
    action: `${back}/users`,
    back,
    typed,
    wrong: Object.fromEntries(problems.map(({ field, text }) => [field, text])),
    errors: problems.length > 0 ? problems : undefined,
    languages: languages.map((value) => ({
      value,
      label: languageName(language, value),
      chosen: value === chosen.language,
    })),
    timeZones: timeZones.map((value) => ({
      value,
      label: value.replaceAll('_', ' '),
      chosen: value === chosen.timeZone,
    })),
  };
}

function languageName(reader: Language, code: Language): string {
  const name = new Intl.DisplayNames(reader, { type: 'language' }).of(code) ?? code;
  return name.charAt(0).toLocaleUpperCase(reader) + name.slice(1);
}
