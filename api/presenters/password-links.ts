import { formatMoment } from '../../locales/formats.js';
import { phrase } from '../../locales/phrases.js';
import type { AccountLink } from '../../models/accounts/account-link.js';
import type { Person } from '../../models/accounts/person.js';
import type { Language } from '../../rules/accounts/languages.js';
import type { LinkState } from '../../rules/accounts/link-state.js';
import type { Held, NewPasswordProblem } from '../forms/accounts/new-password.js';
import { presentNewPassword } from './new-password.js';

interface Door {
  readonly area: 'customer' | 'staff';
  readonly page: string;
  readonly resetPage: string;
}

function around({ area, page }: Door) {
  return { narrow: true, staffArea: area === 'staff', signIn: page };
}

export function presentResetForm(
  language: Language,
  { entrance, typed, missing }: { entrance: Door; typed: string; missing: boolean },
) {
  const says = (key: string) => phrase(language, `access:reset.${key}`);
  return {
    ...around(entrance),
    title: says('title'),
    action: entrance.resetPage,
    nameLabel: phrase(language, `accounts:signIn.${entrance.area === 'staff' ? 'email' : 'name'}`),
    typed,
    error: missing ? says('missing') : undefined,
  };
}

/** After asking: says nothing of whether there is anybody to send it to. */
export function presentLetterSent(language: Language, { entrance, of }: { entrance: Door; of: 'reset' | 'link' }) {
  const says = (key: string) => phrase(language, `access:sent.${key}`);
  return { ...around(entrance), title: says('title'), sentence: says(of), note: says('note') };
}

export interface SetPasswordInput {
  readonly entrance: Door;
  readonly link: AccountLink;
  readonly person: Person;
  readonly held: Held;
  readonly problems: readonly NewPasswordProblem[];
  readonly signedInAs: { readonly id: string; readonly name: string } | undefined;
  readonly action: string;
}

export function presentSetPassword(language: Language, input: SetPasswordInput) {
  const { entrance, link, person, held, problems, signedInAs, action } = input;
  const { name, email, timeZone } = person;
  const until = link.expiresAt ? formatMoment(language, link.expiresAt, timeZone) : '';
  const welcome = link.purpose === 'welcome';
  return {
    ...around(entrance),
    title: phrase(language, welcome ? 'access:setPassword.welcome' : 'access:setPassword.title', { name }),
    purpose: phrase(language, 'access:setPassword.purpose', { email, until }),
    scripts: ['new-password.js'],
    email,
    action,
    ...presentNewPassword(language, held, problems),
    other:
      signedInAs && signedInAs.id !== person.id
        ? phrase(language, 'access:setPassword.other', { other: signedInAs.name, name })
        : undefined,
  };
}

export function presentSpentLink(
  language: Language,
  { entrance, state, renewal }: { entrance: Door; state: Exclude<LinkState, 'open'>; renewal: string },
) {
  const says = (key: string) => phrase(language, `access:spent.${key}`);
  return { ...around(entrance), title: says(`${state}.title`), sentence: says(`${state}.sentence`), renewal };
}
