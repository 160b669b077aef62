import type { RouteDeclaration } from '../../routing.js';
import { type InstallationRouteDeps, installationRoutes } from './installations.js';
import { type NetbootDeps, netbootRoutes } from './netboot.js';
import { type RootPasswordDeps, rootPasswordRoutes } from './root-password.js';

export type ServerRouteDeps = NetbootDeps & InstallationRouteDeps & RootPasswordDeps;

/** What machines ask and report while they become servers, and how people first sign in to one. */
export function serverMachineRoutes(deps: ServerRouteDeps): RouteDeclaration[] {
  return [...netbootRoutes(deps), ...installationRoutes(deps), ...rootPasswordRoutes(deps)];
}
