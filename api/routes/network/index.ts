import type { RouteDeclaration } from '../../routing.js';
import { portTraffic } from './port-traffic.js';
import { serverTraffic } from './server-traffic.js';
import { type TrafficDeps, trafficRoutes } from './traffic.js';
import { trafficFileRoutes } from './traffic-files.js';

export type NetworkDeps = TrafficDeps;

/** What goes through the network: for customers by server, for staff by switch port. */
export function networkRoutes(deps: NetworkDeps): RouteDeclaration[] {
  const places = [serverTraffic, portTraffic];
  return places.flatMap((place) => [...trafficRoutes(deps, place), ...trafficFileRoutes(deps, place)]);
}
