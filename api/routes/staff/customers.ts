import type { Response } from 'express';
import { Customer } from '../../../models/accounts/customer.js';
import { customerRecord } from '../../../models/accounts/customer-record.js';
import { countCustomers, customersFound } from '../../../models/accounts/customer-search.js';
import { creditTold } from '../../../models/billing/credit-balance.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { dayAt } from '../../../rules/calendar.js';
import { sendCsv } from '../../csv-download.js';
import { CREDIT_MOVES } from '../../presenters/billing/credit.js';
import { readListWish } from '../../presenters/list.js';
import type { Reader } from '../../presenters/moments.js';
import { presentCustomer } from '../../presenters/staff/customer.js';
import { presentCustomerCredit } from '../../presenters/staff/customer-credit.js';
import { customerCells, customersCsvHead, customersOffer, presentCustomers } from '../../presenters/staff/customers.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** All customers with what they run and owe, and a page for each. */
export function customerRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const right = { staff: 'customers:see' } as const;

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wish, wanted } = asked(query, now(), reader);
    const [rows, count] = await Promise.all([customersFound(wanted, wish), countCustomers(wanted)]);
    response.render('staff/customers', presentCustomers(reader, { rows, count, wish }));
  }

  async function download({ query }: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(query, now(), reader);
    const read = (offset: number, limit: number) => customersFound(wanted, { offset, limit });
    await sendCsv(response, 'customers.csv', customersCsvHead(reader), read, (row) => customerCells(reader, row));
  }

  async function show({ params }: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const today = dayAt(now(), reader.timeZone);
    const record = await customerRecord(params.number ?? '', today);
    const mayReadAudit = staffMay(staff.role, 'audit:see');
    const mayChange = staffMay(staff.role, 'customers:change');
    response.render('staff/customer', presentCustomer(reader, { record, today, mayReadAudit, mayChange }));
  }

  async function credit({ params }: PathRequest, response: Response): Promise<void> {
    const customer = await Customer.query()
      .findOne({ number: params.number ?? '' })
      .throwIfNotFound();
    const told = await creditTold(customer.id, CREDIT_MOVES);
    response.render('staff/customer-credit', presentCustomerCredit(response.locals.reader, customer, told));
  }

  return [
    { method: 'get', path: '/staff/customers', right, handle: list },
    { method: 'get', path: '/staff/customers.csv', right, handle: download },
    { method: 'get', path: '/staff/customers/:number', right, handle: show },
    { method: 'get', path: '/staff/customers/:number/credit', right, handle: credit },
  ];
}

function asked(query: PathRequest['query'], now: Date, { timeZone }: Reader) {
  const wish = readListWish(query, customersOffer);
  return { wish, wanted: { ...wish, filter: wish.filter ?? 'all', now, today: dayAt(now, timeZone) } };
}
