import type { Response } from 'express';
import { holdersOf, portAt } from '../../../models/network/port-history.js';
import { isUuid } from '../../forms/fields.js';
import { addressOfPortTraffic, portName, presentPortTraffic } from '../../presenters/network/traffic-pages.js';
import type { PathRequest } from '../../routing.js';
import type { TrafficPlace, TrafficSubject } from './traffic.js';

const EVER = new Date(0);

/** All of a switch port's traffic, whoever held it: for staff alone. */
export const portTraffic: TrafficPlace = {
  path: '/staff/switch-ports/:id/traffic',
  right: { staff: 'hardware:see' },
  async find({ params }: PathRequest, response: Response): Promise<TrafficSubject> {
    const { reader } = response.locals;
    const port = await portAt(isUuid(params.id) ? params.id : undefined);
    const holders = await holdersOf(port.id);
    const address = addressOfPortTraffic(port.id);
    const holdings = [{ portId: port.id, from: EVER, to: null }];
    const page = presentPortTraffic(reader, port, holders);
    const name = portName(reader, port.device.name, port.name);
    const fileName = `${port.device.name}-${port.name}`.replaceAll(/[^\w.-]+/g, '-');
    return { name, fileName, address, holdings, portNames: new Map([[port.id, name]]), page };
  },
};
