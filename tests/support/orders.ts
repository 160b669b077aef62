import { randomUUID } from 'node:crypto';
import type { Customer } from '../../models/accounts/customer.js';
import type { User } from '../../models/accounts/user.js';
import type { Product } from '../../models/catalogue/product.js';
import type { Placement } from '../../models/orders/order-placement.js';
import { theBrand } from './builders.js';

/** What a customer fills in for a machine of that product without options: 109.00 a month and 49.00 once, net. */
export async function aPlacement(
  { customer, user, product }: { customer: Customer; user: User; product: Product },
  differing: Partial<Placement['line']> & Partial<Pick<Placement, 'formToken' | 'placedAt'>> = {},
): Promise<Placement> {
  const { formToken = randomUUID(), placedAt = new Date('2027-03-11T10:00Z'), ...line } = differing;
  return {
    customer,
    user,
    brand: await theBrand(),
    formToken,
    line: {
      productId: product.id,
      productName: product.name,
      choices: [],
      periodMonths: 1,
      productRecurringMinor: 109_00,
      recurringMinor: 109_00,
      setupMinor: 49_00,
      hostName: 'web-4.haut-jura.example',
      system: 'debian-13',
      ipv4PrefixLength: 32,
      justification: null,
      sshKey: null,
      implementationContact: user.email,
      ...line,
    },
    texts: { recurring: `Server, ${product.name}`, setup: 'Setup, once', detail: '' },
    acceptedFrom: '192.0.2.44',
    placedAt,
  };
}
