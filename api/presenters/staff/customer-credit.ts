import { phrase } from '../../../locales/phrases.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { presentCredit } from '../billing/credit.js';
import type { Reader } from '../moments.js';

/** A customer's credit, as staff read it. */
export function presentCustomerCredit(
  reader: Reader,
  { name, number, currency }: Customer,
  told: Parameters<typeof presentCredit>[1],
) {
  const says = (key: string, values = {}) => phrase(reader.language, `customers:page.${key}`, values);
  return {
    title: says('creditOf'),
    sub: says('creditSub', { name }),
    crumbs: [
      { label: phrase(reader.language, 'customers:list.title'), address: '/staff/customers' },
      { label: name, address: `/staff/customers/${number}` },
    ],
    ...presentCredit(reader, told, currency, '/staff/invoices'),
  };
}
