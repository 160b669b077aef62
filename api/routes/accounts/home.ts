import type { Response } from 'express';
import type { Customer } from '../../../models/accounts/customer.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { AddressAssignment } from '../../../models/network/address-assignment.js';
import { Service } from '../../../models/services/service.js';
import { dayAt } from '../../../rules/calendar.js';
import { primaryAddress } from '../../../rules/network/host-addresses.js';
import { presentHome } from '../../presenters/home.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

const SHOWN = 10;

/** The first page: what needs the customer, and what they have. Guests are shown what there is to buy. */
export function homeRoutes(now: () => Date): RouteDeclaration[] {
  async function home(_request: PathRequest, response: Response): Promise<void> {
    const { user, customer, reader } = response.locals;
    if (!user) return response.redirect(303, '/catalogue');
    const [unpaid, services] = await Promise.all([unpaidOf(customer), servicesOf(customer)]);
    const addresses = await primaryAddressesOf(services);
    const today = dayAt(now(), customer.timeZone);
    response.render('accounts/home', presentHome(reader, { user, unpaid, services, addresses, now: now(), today }));
  }

  return [{ method: 'get', path: '/', right: 'anyone', handle: home }];
}

async function unpaidOf(customer: Customer): Promise<Invoice[]> {
  return Invoice.query().modify('ownedBy', customer).modify('unpaid').orderBy('dueOn').limit(SHOWN);
}

async function servicesOf(customer: Customer): Promise<Service[]> {
  const standing = Service.query().modify('ownedBy', customer).modify('standing');
  return standing.withGraphJoined('subscription').orderBy('services.createdAt', 'desc').limit(SHOWN);
}

async function primaryAddressesOf(services: readonly Service[]): Promise<ReadonlyMap<string, string | undefined>> {
  const ids = services.map(({ id }) => id);
  const held = await AddressAssignment.query()
    .withGraphJoined('prefix')
    .whereIn('address_assignments.serviceId', ids)
    .whereRaw('upper_inf(during)');
  return new Map(ids.map((id) => [id, primaryAddress(held.filter(({ serviceId }) => serviceId === id))]));
}
