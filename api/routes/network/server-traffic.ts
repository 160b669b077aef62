import type { Response } from 'express';
import { portsHeldBy } from '../../../models/network/port-history.js';
import { ownService } from '../../../models/services/service-facts.js';
import { heldPortName, presentServerTraffic } from '../../presenters/network/traffic-pages.js';
import type { PathRequest } from '../../routing.js';
import type { TrafficPlace, TrafficSubject } from './traffic.js';

/** A server's traffic is that of its switch ports in the times in which they were its own. */
export const serverTraffic: TrafficPlace = {
  path: '/servers/:slug/traffic',
  right: { section: 'services', level: 'visitor' },
  async find({ params }: PathRequest, response: Response): Promise<TrafficSubject> {
    const { customer, reader } = response.locals;
    const service = await ownService(customer, params.slug ?? '');
    const holdings = await portsHeldBy(service.id);
    const address = `/servers/${service.slug}/traffic`;
    const portNames = new Map(holdings.map((held) => [held.portId, heldPortName(reader, held)]));
    const page = presentServerTraffic(reader, service, portNames);
    return { name: service.name, fileName: service.slug, address, holdings, portNames, page };
  },
};
