import { phrase } from '../../locales/phrases.js';
import type { AccountRules } from '../../models/accounts/account-rules.js';
import type { Customer } from '../../models/accounts/customer.js';
import type { Person } from '../../models/accounts/person.js';
import type { SecondFactor } from '../../models/accounts/second-factor.js';
import type { SignInPlace } from '../../models/accounts/sign-in-place.js';
import { moment, type Reader } from './moments.js';
import { pill } from './pill.js';

export interface AccountInput {
  /** `/account` or `/staff/account`. */
  readonly base: string;
  readonly person: Person;
  readonly factor: Pick<SecondFactor, 'confirmedAt'> | undefined;
  readonly codesLeft: number;
  readonly places: readonly Pick<SignInPlace, 'place' | 'firstSeenAt' | 'lastSeenAt'>[];
  /** Browsers signed in now. */
  readonly sessions: number;
  readonly rules: Pick<AccountRules, 'demandsSecondFactor'>;
  /** The customer whose rules the person may change. */
  readonly governs: Pick<Customer, 'name'> | undefined;
  /** What was changed a moment ago. */
  readonly done: unknown;
}

const deeds = ['password', 'off', 'rules'];

export function presentAccount(reader: Reader, input: AccountInput) {
  const { base, person, factor, codesLeft, places, sessions, rules, governs, done } = input;
  const says = (key: string, values = {}) => phrase(reader.language, `access:account.${key}`, values);
  const { name, email, passwordChangedAt, lastSignInAt } = person;
  const loginName = person.kind === 'user' ? person.loginName : null;
  return {
    title: says('title'),
    base,
    done: deeds.includes(String(done)) ? says(`done.${done}`) : undefined,
    signOutEverywhere: `${base.replace(/\/account$/, '')}/sign-out-everywhere`,
    person: [
      { label: says('name'), value: name },
      { label: says('email'), value: email },
      ...(loginName ? [{ label: says('loginName'), value: loginName }] : []),
      ...(lastSignInAt
        ? [{ label: says('last'), value: moment(reader, lastSignInAt).text, sub: person.lastSignInAddress ?? '' }]
        : []),
    ],
    password: passwordChangedAt
      ? says('passwordChanged', { at: moment(reader, passwordChangedAt).text })
      : says('passwordNeverChanged'),
    factor: {
      pill: pill(reader.language, 'secondFactor', factor ? 'on' : 'off'),
      on: factor !== undefined,
      sentence: says(factor ? 'factorOn' : 'factorOff'),
      codes: factor && says('codesLeft', { count: codesLeft }),
      few: factor !== undefined && codesLeft < 3,
      change: says(rules.demandsSecondFactor ? 'replace' : 'turnOff'),
      demanded: rules.demandsSecondFactor,
    },
    sessions: says('sessions', { count: sessions }),
    places: places.map(({ place, firstSeenAt, lastSeenAt }) => ({
      place,
      first: moment(reader, firstSeenAt),
      last: moment(reader, lastSeenAt),
    })),
    rulesLabel: governs && says('rulesOf', { customer: governs.name }),
  };
}
