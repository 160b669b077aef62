import { phrase } from '../../../locales/phrases.js';
import type { Customer } from '../../../models/accounts/customer.js';
import type { Reader } from '../moments.js';

/** For `partials/facts`: with whom staff have to do. */
export function customerFacts({ language }: Reader, customer: Customer) {
  const says = (key: string) => phrase(language, `staff:customer.${key}`);
  const nameOf = (type: 'language' | 'region', code: string) =>
    new Intl.DisplayNames(language, { type }).of(code) ?? code;
  const { name, number, email, country, city, vatNumber, vatValidatedAt } = customer;
  return [
    { label: says(customer.kind), value: name, wide: true },
    { label: says('number'), value: number },
    { label: says('language'), value: nameOf('language', customer.language) },
    { label: says('place'), value: `${city}, ${nameOf('region', country)}` },
    {
      label: says('vatNumber'),
      value: vatNumber ?? '–',
      sub: vatNumber && says(vatValidatedAt ? 'validated' : 'unchecked'),
    },
    { label: says('email'), value: email, wide: true },
  ];
}

export function addressOfCustomer(number: string): string {
  return `/staff/customers/${encodeURIComponent(number)}`;
}
