import { phrase } from '../../../locales/phrases.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { type Person, wasWelcomed } from '../../../models/accounts/person.js';
import type { SecondFactor } from '../../../models/accounts/second-factor.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

export interface PersonPageInput {
  /** `/staff/users` or `/staff/members`. */
  readonly base: string;
  readonly person: Person;
  readonly customers: readonly Pick<Customer, 'name' | 'number'>[];
  readonly factor: Pick<SecondFactor, 'confirmedAt'> | undefined;
  readonly codesLeft: number;
  readonly mayChange: boolean;
  /** What was done a moment ago. */
  readonly done: unknown;
}

const deeds = ['made', 'joined', 'welcome', 'password', 'factor'];

export function presentPersonPage(reader: Reader, input: PersonPageInput) {
  const { base, person, customers, factor, mayChange, done } = input;
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `access:person.${key}`, values);
  const address = `${base}/${person.id}`;
  const acts = [
    ...(person.kind === 'user' && !wasWelcomed(person) ? [{ of: 'welcome', icon: 'mail', to: 'welcome' }] : []),
    { of: 'password', icon: 'key', to: 'password-reset' },
    ...(factor ? [{ of: 'factor', icon: 'shield-lock', to: 'second-factor-reset' }] : []),
  ];
  return {
    title: person.name,
    crumbs: [crumbTo(reader, input)],
    disabled: person.disabledAt !== null,
    done: deeds.includes(String(done)) ? says(`done.${done}`, { email: person.email, name: person.name }) : undefined,
    facts: factsOf(reader, input),
    customers: customers.map(({ name, number }) => ({ name, number, address: `/staff/customers/${number}` })),
    acts:
      mayChange && !person.disabledAt
        ? acts.map(({ of, icon, to }) => ({
            icon,
            action: `${address}/${to}`,
            title: says(`${of}.title`),
            sentence: says(`${of}.sentence`, { email: person.email }),
            label: says(`${of}.act`),
          }))
        : [],
  };
}

function crumbTo({ language }: Reader, { person, customers: [customer] }: PersonPageInput) {
  if (person.kind === 'staff') return { label: phrase(language, 'access:members.title'), address: '/staff/members' };
  if (customer) return { label: customer.name, address: `/staff/customers/${customer.number}` };
  return { label: phrase(language, 'customers:list.title'), address: '/staff/customers' };
}

function factsOf(reader: Reader, { person, factor, codesLeft }: PersonPageInput) {
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `access:person.${key}`, values);
  const { email, lastSignInAt, lastSignInAddress, passwordChangedAt, disabledAt } = person;
  const at = (when: Date | null, otherwise: string) => (when ? moment(reader, when).text : says(otherwise));
  const seen = { label: says('last'), value: at(lastSignInAt, 'never') };
  return [
    { label: says('email'), value: email },
    person.kind === 'staff'
      ? { label: says('role'), value: phrase(language, `frame:roles.${person.role}`) }
      : { label: says('loginName'), value: person.loginName ?? '–' },
    lastSignInAddress ? { ...seen, sub: lastSignInAddress } : seen,
    { label: says('passwordChanged'), value: at(passwordChangedAt, 'notYet') },
    {
      label: says('secondStep'),
      value: pill(language, 'secondFactor', factor ? 'on' : 'off').text,
      ...(factor && { sub: says('codesLeft', { count: codesLeft }) }),
    },
    ...(disabledAt ? [{ label: says('disabled'), value: at(disabledAt, 'never') }] : []),
  ];
}
