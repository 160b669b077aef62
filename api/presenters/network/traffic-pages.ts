import { phrase } from '../../../locales/phrases.js';
import type { HeldPort, PortHolder } from '../../../models/network/port-history.js';
import type { SwitchPort } from '../../../models/network/switch-port.js';
import type { Service } from '../../../models/services/service.js';
import { moment, type Reader } from '../moments.js';
import { serverCrumbs } from '../servers/words.js';
import { portSpeed } from './port-speed.js';

/** What stands around the graph on a server's traffic page. */
export function presentServerTraffic({ language }: Reader, service: Service, named: ReadonlyMap<string, string>) {
  const say = (key: string, values = {}) => phrase(language, `graphs:${key}`, values);
  const ports = new Intl.ListFormat(language).format(named.values());
  return {
    title: say('of', { name: service.name }),
    crumbs: serverCrumbs(language, service),
    sub: ports ? say('server.at', { ports }) : say('server.none'),
  };
}

/** Where staff see all that went through a switch port. */
export function addressOfPortTraffic(id: string): string {
  return `/staff/switch-ports/${id}/traffic`;
}

export function portName({ language }: Pick<Reader, 'language'>, device: string, port: string): string {
  return phrase(language, 'graphs:port.name', { device, port });
}

export function heldPortName(reader: Reader, held: HeldPort): string {
  return portName(reader, held.switchName, held.portName);
}

/** What stands around the graph of a switch port: how fast it is, and whose it was when. */
export function presentPortTraffic(reader: Reader, port: SwitchPort, holders: readonly PortHolder[]) {
  const say = (key: string, values = {}) => phrase(reader.language, `graphs:${key}`, values);
  return {
    title: say('of', { name: portName(reader, port.device.name, port.name) }),
    sub: say('port.sub', { speed: portSpeed(reader.language, port.speedMbit) }),
    isPort: true,
    holders: holders.map(({ serviceName, hostName, customerName, from, to }) => ({
      service: serviceName,
      hostName,
      customer: customerName,
      from: moment(reader, from),
      to: to && moment(reader, to),
    })),
  };
}
