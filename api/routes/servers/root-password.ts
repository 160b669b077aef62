import type { Response } from 'express';
import type { Sealer } from '../../../gateways/sealing.js';
import { AddressAssignment } from '../../../models/network/address-assignment.js';
import { type Looker, showLoginData } from '../../../models/servers/login-data.js';
import { RootPassword } from '../../../models/servers/root-password.js';
import { Service } from '../../../models/services/service.js';
import { presentLoginData } from '../../presenters/servers/login-data.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

export interface RootPasswordDeps {
  readonly sealer: Sealer;
  readonly now: () => Date;
}

/**
 * A server's first root password, shown once: to whoever holds the e-mailed link, or to its signed-in customer. Opening
 * a page shows nothing, because mail scanners open links too; the button does.
 */
export function rootPasswordRoutes({ sealer, now }: RootPasswordDeps): RouteDeclaration[] {
  const link = { path: '/servers/login/:token', right: { token: 'letter' } } as const;
  const own = '/servers/:slug/login-data';
  const seen = { section: 'services', level: 'visitor' } as const;
  const shown = { section: 'services', level: 'manager' } as const;

  async function show(service: Service, response: Response): Promise<void> {
    const password = await RootPassword.query().findById(service.id);
    await render(service, response, password?.isThereAt(now()) ? 'waiting' : 'gone');
  }

  async function reveal(service: Service, looker: Looker, response: Response): Promise<void> {
    const sealed = await showLoginData(service, looker, now());
    if (sealed) await render(service, response, 'shown', sealer.open(sealed));
    else await render(service, response.status(410), 'gone');
  }

  return [
    {
      ...link,
      method: 'get',
      handle: async (request, response) => show(await linkedService(request, response), response),
    },
    {
      ...link,
      method: 'post',
      handle: async (request, response) =>
        reveal(await linkedService(request, response), { address: addressOf(request) }, response),
    },
    {
      method: 'get',
      path: own,
      right: seen,
      handle: async (request, response) => show(await ownService(request, response), response),
    },
    {
      method: 'post',
      path: own,
      right: shown,
      handle: async (request, response) => {
        const { user } = response.locals;
        await reveal(await ownService(request, response), { user, address: addressOf(request) }, response);
      },
    },
  ];
}

async function render(service: Service, response: Response, state: 'waiting' | 'shown' | 'gone', password?: string) {
  const held = await AddressAssignment.query().modify('heldBy', service.id).withGraphFetched('prefix');
  const { language, customer } = response.locals;
  response.render(
    'servers/login-data',
    presentLoginData(language, { service, held, state, password, own: !!customer }),
  );
}

async function linkedService({ params }: PathRequest, { locals }: Response): Promise<Service> {
  const { serviceId } = await RootPassword.query()
    .modify('openedBy', params.token ?? '')
    .first()
    .throwIfNotFound();
  const service = await Service.query()
    .findOne({ id: serviceId, status: 'active' })
    .withGraphFetched('customer')
    .throwIfNotFound();
  locals.language = service.customer.language;
  return service;
}

function ownService({ params }: PathRequest, { locals }: Response): Promise<Service> {
  return Service.query()
    .modify('ownedBy', locals.customer)
    .findOne({ slug: params.slug ?? '', status: 'active' })
    .throwIfNotFound()
    .execute();
}

function addressOf({ ip }: PathRequest): string {
  return ip ?? 'unknown';
}
