import type { PromiseDeps } from '../../promised-process.js';
import type { RouteDeclaration } from '../../routing.js';
import { orderListRoutes } from './list.js';
import { followedOrderRoutes } from './order.js';
import { placementRoutes } from './placement.js';

/** Ordering, and following what was ordered. */
export function orderRoutes(deps: PromiseDeps): RouteDeclaration[] {
  return [...orderListRoutes(), ...placementRoutes(deps), ...followedOrderRoutes(deps)];
}
