import type { PromiseDeps } from '../../promised-process.js';
import type { RouteDeclaration } from '../../routing.js';
import { placementRoutes } from './placement.js';

/** Ordering, and following what was ordered. */
export function orderRoutes(deps: PromiseDeps): RouteDeclaration[] {
  return [...placementRoutes(deps)];
}
