import { phrase } from '../../locales/phrases.js';
import type { Language } from '../../rules/accounts/languages.js';

export interface SignInInput {
  readonly area: 'customer' | 'staff';
  readonly page: string;
  readonly resetPage: string;
  /** Where to go afterwards. */
  readonly to: string | undefined;
  readonly typed: string;
  readonly problems: readonly ('name' | 'password' | 'refused')[];
}

export function presentSignIn(language: Language, { area, page, resetPage, to, typed, problems }: SignInInput) {
  const says = (key: string) => phrase(language, `accounts:signIn.${key}`);
  const errorOf = (field: 'name' | 'password') => (problems.includes(field) ? says(`missing.${field}`) : undefined);
  const missing = problems.filter((problem) => problem !== 'refused');
  const refused = problems.includes('refused');
  return {
    title: says('title'),
    narrow: true,
    staffArea: area === 'staff',
    purpose: says(area === 'staff' ? 'staffPurpose' : 'purpose'),
    nameLabel: says(area === 'staff' ? 'email' : 'name'),
    action: to ? `${page}?${new URLSearchParams({ to })}` : page,
    typed,
    resetPage,
    summary: problems.length > 0 ? says(refused ? 'refusedTitle' : 'missingTitle') : undefined,
    explanation: refused ? says('refused') : undefined,
    errors: missing.map((field) => ({ field, text: says(`missing.${field}`) })),
    nameError: errorOf('name'),
    passwordError: errorOf('password'),
  };
}
