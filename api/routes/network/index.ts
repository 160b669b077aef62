import type { RouteDeclaration } from '../../routing.js';
import { portTraffic } from './port-traffic.js';
import { serverTraffic } from './server-traffic.js';
import { type TrafficDeps, trafficRoutes } from './traffic.js';

export type NetworkDeps = TrafficDeps;

/** What goes through the network: for customers by server, for staff by switch port. */
export function networkRoutes(deps: NetworkDeps): RouteDeclaration[] {
  return [...trafficRoutes(deps, serverTraffic), ...trafficRoutes(deps, portTraffic)];
}
