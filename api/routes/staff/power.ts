import { phrase } from '../../../locales/phrases.js';
import { holderOf } from '../../../models/servers/power-circumstances.js';
import { Server } from '../../../models/servers/server.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { addressOfServer } from '../../presenters/staff/server.js';
import type { RouteDeclaration } from '../../routing.js';
import { powerRoutesOf } from '../servers/power.js';
import type { PowerRouteDeps, PowerSide } from '../servers/power-side.js';

/** Staff know a machine by its label, in stock as in service. */
export function staffPowerRoutes(deps: PowerRouteDeps): RouteDeclaration[] {
  return powerRoutesOf(staffsPower(deps), deps);
}

/** What staff may know and ask of a machine's power. */
export function staffsPower({ now }: Pick<PowerRouteDeps, 'now'>): PowerSide {
  return {
    path: '/staff/servers/:label',
    seen: { staff: 'hardware:see' },
    changed: { staff: 'hardware:change' },

    async find({ params }, { locals }) {
      const { staff, reader } = locals;
      const server = await Server.query()
        .findOne({ label: params.label ?? '' })
        .throwIfNotFound();
      const { id, label } = server;
      const crumbs = [
        { label: phrase(reader.language, 'inventory:servers.title'), address: '/staff/servers' },
        { label, address: addressOfServer(label) },
      ];
      return {
        place: { name: label, address: addressOfServer(label), crumbs },
        scope: { serverId: id },
        server,
        service: await holderOf(id, now()).where('services.status', 'active'),
        by: { staff },
        mayChange: staffMay(staff.role, 'hardware:change'),
      };
    },
  };
}
