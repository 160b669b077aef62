import type { Response } from 'express';
import { serverRecord } from '../../../models/servers/server-record.js';
import { countServers, serverKinds, serversFound } from '../../../models/servers/server-search.js';
import { moveServer } from '../../../models/servers/server-state.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { sendCsv } from '../../csv-download.js';
import { typedText } from '../../forms/fields.js';
import { parseServerMove } from '../../forms/staff/server-move.js';
import { readListWish } from '../../presenters/list.js';
import { addressOfServer, presentServerRecord, type ServerPageInput } from '../../presenters/staff/server.js';
import {
  type Narrowing,
  presentServers,
  serverCells,
  serversCsvHead,
  serversOffer,
} from '../../presenters/staff/servers.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { powerCard } from '../servers/power.js';
import { actOf } from './act.js';
import { staffsPower } from './power.js';

export interface ServerInventoryDeps {
  readonly now: () => Date;
}

/** All machines with where they stand and who holds them, and a page for each, from where its state is changed by hand. */
export function serverInventoryRoutes({ now }: ServerInventoryDeps): RouteDeclaration[] {
  const seen = { staff: 'hardware:see' } as const;
  const changed = { staff: 'hardware:change' } as const;
  const { find: findPower } = staffsPower({ now });

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const { wish, wanted, narrowing } = asked(query, now());
    const found = [serversFound(wanted, wish), countServers(wanted), serverKinds()] as const;
    const [rows, counts, kinds] = await Promise.all(found);
    const mayChange = staffMay(staff.role, 'hardware:change');
    response.render('staff/servers', presentServers(reader, { rows, counts, kinds, wish, narrowing, mayChange }));
  }

  async function download({ query }: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(query, now());
    const read = (offset: number, limit: number) => serversFound(wanted, { offset, limit });
    await sendCsv(response, 'servers.csv', serversCsvHead(reader), read, (row) => serverCells(reader, row));
  }

  async function show(
    request: PathRequest,
    response: Response,
    outcome: Pick<ServerPageInput, 'rejected' | 'refusal'> = {},
  ): Promise<void> {
    const { reader, staff } = response.locals;
    const record = await serverRecord(request.params.label ?? '');
    const mayChange = staffMay(staff.role, 'hardware:change');
    const rights = { mayChange, mayReadAudit: staffMay(staff.role, 'audit:see') };
    const power = await powerCard(await findPower(request, response), reader, now());
    const page = presentServerRecord(reader, { record, ...rights, now: now(), ...outcome });
    response.render('staff/server', { ...page, power });
  }

  async function move(request: PathRequest, response: Response): Promise<void> {
    const label = request.params.label ?? '';
    const form = parseServerMove(request.body);
    if ('wrong' in form) {
      const rejected = { typed: typedText(request.body), wrong: form.wrong };
      return show(request, response.status(422), { rejected });
    }
    const outcome = await moveServer(label, form.value, actOf(request, response, now()));
    if (outcome !== 'moved') return show(request, response.status(409), { refusal: outcome });
    response.redirect(303, addressOfServer(label));
  }

  const path = '/staff/servers/:label';
  return [
    { method: 'get', path: '/staff/servers', right: seen, handle: list },
    { method: 'get', path: '/staff/servers.csv', right: seen, handle: download },
    { method: 'get', path, right: seen, handle: (request, response) => show(request, response) },
    { method: 'post', path: `${path}/status`, right: changed, handle: move },
  ];
}

function asked(query: PathRequest['query'], now: Date) {
  const wish = readListWish(query, serversOffer);
  const narrowing: Narrowing = { site: named(query.site), product: named(query.product) };
  const group = wish.filter === 'all' ? undefined : wish.filter;
  const { site, product } = narrowing;
  const besides = { site: site || undefined, product: product || undefined };
  return { wish, narrowing, wanted: { ...wish, ...besides, group, now } };
}

/** A site's code or a product's name in addresses; anything odd counts as not said. */
function named(value: unknown): string {
  return typeof value === 'string' && /^[\w.-]{1,60}$/.test(value) ? value : '';
}
