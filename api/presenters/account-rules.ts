import { phrase } from '../../locales/phrases.js';
import type { Customer } from '../../models/accounts/customer.js';
import type { Language } from '../../rules/accounts/languages.js';
import { minimumLength, type PasswordLevel } from '../../rules/accounts/password-policy.js';

export interface AccountRulesInput {
  readonly action: string;
  readonly customer: Pick<Customer, 'name' | 'demandsSecondFactor' | 'passwordLevel'>;
  /** Asked of others before it was set up for oneself. */
  readonly ownFirst: boolean;
}

export function presentAccountRules(language: Language, { action, customer, ownFirst }: AccountRulesInput) {
  const says = (key: string, values = {}) => phrase(language, `access:rules.${key}`, values);
  const level = (value: PasswordLevel) => ({
    value,
    label: says(`levels.${value}`),
    detail: says('letters', { count: minimumLength[value] }),
    chosen: customer.passwordLevel === value,
  });
  return {
    title: says('title', { customer: customer.name }),
    crumbs: [{ label: phrase(language, 'access:account.title'), address: '/account' }],
    action,
    demands: customer.demandsSecondFactor || ownFirst,
    demandsError: ownFirst ? says('ownFirst') : undefined,
    errors: ownFirst ? [{ field: 'demandsSecondFactor', text: says('ownFirst') }] : [],
    levels: [level('strong'), level('medium')],
  };
}
