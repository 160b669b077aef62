import type { Response } from 'express';
import type { PowerScope } from '../../../models/servers/power-log.js';
import type { PowerRequest } from '../../../models/servers/power-request.js';
import type { Server } from '../../../models/servers/server.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import { ownService } from '../../../models/services/service-facts.js';
import { memberMay } from '../../../rules/accounts/customer-rights.js';
import type { PowerPlace } from '../../presenters/servers/power.js';
import { serverCrumbs } from '../../presenters/servers/words.js';
import type { TemporalUi } from '../../presenters/staff/temporal-ui.js';
import type { PromiseDeps } from '../../promised-process.js';
import type { PathRequest, Right } from '../../routing.js';

export interface PowerRouteDeps extends PromiseDeps {
  readonly temporalUi?: TemporalUi | undefined;
}

/** What an address is about, as far as whoever asks may know of it. */
export interface PowerFound {
  readonly place: PowerPlace;
  readonly scope: PowerScope;
  /** Nothing for a service without a machine: it has had its log, and has nothing to be switched. */
  readonly server: Server | undefined;
  readonly service: PowerRequest['service'];
  readonly by: PowerRequest['by'];
  readonly mayChange: boolean;
}

export interface PowerSide {
  /** Of the page of the server or machine. */
  readonly path: string;
  readonly seen: Right;
  readonly changed: Right;
  find(request: PathRequest, response: Response): Promise<PowerFound>;
}

/** Customers know a machine by the service that holds it, and find those of their own alone. */
export function customersPower({ now }: Pick<PowerRouteDeps, 'now'>): PowerSide {
  return {
    path: '/servers/:slug',
    seen: { section: 'services', level: 'visitor' },
    changed: { section: 'services', level: 'manager' },

    async find({ params }, { locals }) {
      const { customer, user, membership, brand, reader } = locals;
      const service = await ownService(customer, params.slug ?? '');
      const lease = ServerLease.query().modify('heldBy', service.id, now()).withGraphJoined('server');
      const crumbs = serverCrumbs(reader.language, service);
      return {
        place: { name: service.name, address: `/servers/${service.slug}`, crumbs, shop: brand.name },
        scope: { serviceId: service.id },
        server: (await lease.first())?.server,
        service,
        by: { user },
        mayChange: memberMay(membership.role, 'services', 'manager'),
      };
    },
  };
}
