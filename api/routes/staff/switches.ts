import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { countPorts, portsFound } from '../../../models/network/switch-port-search.js';
import { countSwitches, type SwitchRow, switchesFound, switchNamed } from '../../../models/network/switch-search.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { sendCsv } from '../../csv-download.js';
import { readListWish } from '../../presenters/list.js';
import {
  portCells,
  portsCsvHead,
  portsOffer,
  presentPorts,
  presentSwitch,
} from '../../presenters/staff/switch-ports.js';
import { presentSwitches, switchesOffer } from '../../presenters/staff/switches.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Switches, and their ports with who is on each: of one switch, and of all. */
export function switchRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const right = { staff: 'hardware:see' } as const;

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const wish = readListWish(query, switchesOffer);
    const [rows, count] = await Promise.all([switchesFound(wish, wish), countSwitches(wish)]);
    const mayChange = staffMay(staff.role, 'hardware:change');
    response.render('staff/switches', presentSwitches(reader, { rows, count, wish, mayChange }));
  }

  async function show({ params, query }: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const device = await switchOf(params);
    const { wish, wanted } = asked(query, device.name);
    const [rows, counts] = await Promise.all([portsFound(wanted, wish), countPorts(wanted)]);
    const rights = {
      mayChange: staffMay(staff.role, 'hardware:change'),
      mayReadAudit: staffMay(staff.role, 'audit:see'),
    };
    response.render('staff/switch', presentSwitch(reader, { device, rows, counts, wish, ...rights }));
  }

  async function ports({ query }: PathRequest, response: Response): Promise<void> {
    const { wish, wanted } = asked(query);
    const [rows, counts] = await Promise.all([portsFound(wanted, wish), countPorts(wanted)]);
    response.render('staff/ports', presentPorts(response.locals.reader, { rows, counts, wish }));
  }

  async function download({ params, query }: PathRequest, response: Response): Promise<void> {
    const { wanted } = asked(query, params.name ? (await switchOf(params)).name : undefined);
    const read = (offset: number, limit: number) => portsFound(wanted, { offset, limit });
    await sendCsv(response, 'ports.csv', portsCsvHead(response.locals.reader), read, portCells);
  }

  function asked(query: PathRequest['query'], name?: string) {
    const wish = readListWish(query, portsOffer(name));
    return { wish, wanted: { ...wish, filter: wish.filter ?? 'all', switch: name, now: now() } };
  }

  return [
    { method: 'get', path: '/staff/switches', right, handle: list },
    { method: 'get', path: '/staff/switches/:name', right, handle: show },
    { method: 'get', path: '/staff/switches/:name/ports.csv', right, handle: download },
    { method: 'get', path: '/staff/switch-ports', right, handle: ports },
    { method: 'get', path: '/staff/switch-ports.csv', right, handle: download },
  ];
}

async function switchOf({ name }: PathRequest['params']): Promise<SwitchRow> {
  const device = await switchNamed(name ?? '');
  if (!device) throw new NotFoundError({});
  return device;
}
