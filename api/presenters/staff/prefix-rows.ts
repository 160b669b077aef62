import { phrase } from '../../../locales/phrases.js';
import type { AddressHolding } from '../../../models/network/prefix-holdings.js';
import { restsUntil } from '../../../rules/network/quarantine.js';
import type { Cell } from '../csv.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { addressOfCustomer } from './customer-facts.js';

/** Addresses in somebody's hands: who, since when, why, and until when they rest. */
export function presentHolding(reader: Reader, holding: AddressHolding) {
  const { language } = reader;
  const { block, state, customer, number, service, hostName, order, reservedBy, justification, role } = holding;
  const until = holding.until && new Date(holding.until);
  return {
    block,
    pill: pill(language, 'address', state),
    customer: customer ?? phrase(language, 'inventory:holding.reservedBy', { who: reservedBy }),
    customerAddress: number ? addressOfCustomer(number) : undefined,
    service,
    hostName,
    order: order ? { number: order, address: `/staff/orders/${order}` } : undefined,
    use: role && phrase(language, `inventory:holding.role.${role}`),
    justification,
    from: moment(reader, new Date(holding.from)),
    until: until ? moment(reader, until) : undefined,
    rests:
      state === 'resting' && until
        ? phrase(language, 'inventory:holding.restsUntil', { until: moment(reader, restsUntil(until)).text })
        : undefined,
  };
}

const csvColumns = ['block', 'state', 'customerNumber', 'customer', 'service', 'hostName', 'order', 'use'].concat([
  'justification',
  'from',
  'until',
  'reservedByName',
]);

export function holdingsCsvHead({ language }: Reader): string[] {
  return csvColumns.map((name) => phrase(language, `inventory:holding.${name}`));
}

export function holdingCells({ language }: Reader, holding: AddressHolding): Cell[] {
  const { block, state, number, customer, service, hostName, order, role, justification, from, until, reservedBy } =
    holding;
  const use = role && phrase(language, `inventory:holding.role.${role}`);
  const word = phrase(language, `states:address.${state}`);
  const span = [new Date(from), until && new Date(until)];
  return [block, word, number, customer, service, hostName, order, use, justification, ...span, reservedBy];
}
