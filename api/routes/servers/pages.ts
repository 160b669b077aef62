import type { Response } from 'express';
import { portsHeldBy } from '../../../models/network/port-history.js';
import type { Service } from '../../../models/services/service.js';
import { factsOf, ownService } from '../../../models/services/service-facts.js';
import { listServices, pageOfServices } from '../../../models/services/service-list.js';
import { renameService } from '../../../models/services/service-name.js';
import { sendCsv } from '../../csv-download.js';
import { typedText } from '../../forms/fields.js';
import { readNarrowing } from '../../forms/narrowing.js';
import { readTrafficSpan } from '../../forms/network/traffic-span.js';
import { parseName } from '../../forms/servers/name.js';
import { readListWish } from '../../presenters/list.js';
import type { Reader } from '../../presenters/moments.js';
import { presentServiceList, serviceCells, serviceCsvHead, serviceList } from '../../presenters/servers/list.js';
import { presentServer, type RefusedName } from '../../presenters/servers/page.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { graphAssets, type TrafficCardDeps, trafficCard } from '../../traffic-card.js';
import { powerCard } from './power.js';
import { customersPower } from './power-side.js';

export interface ServerPageDeps extends TrafficCardDeps {
  readonly now: () => Date;
}

/** What a customer has: the list of their servers, and a page for each. */
export function serverPageRoutes(deps: ServerPageDeps): RouteDeclaration[] {
  const { now } = deps;
  const seen = { section: 'services', level: 'visitor' } as const;
  const changed = { section: 'services', level: 'manager' } as const;
  const { find: findPower } = customersPower({ now });

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const [wish, { contract }] = [readListWish(query, serviceList), readNarrowing(query)];
    const wanted = { ...wish, contract };
    const { beside, ...found } = await pageOfServices(customer, wanted, wish);
    const input = { ...found, ...beside, narrowing: { contract } };
    response.render('servers/index', presentServiceList(reader, wish, input));
  }

  async function csv({ query }: PathRequest, response: Response): Promise<void> {
    const { customer, reader } = response.locals;
    const wanted = { ...readListWish(query, serviceList), contract: readNarrowing(query).contract };
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listServices(customer, wanted, { offset, limit, after: last?.id });
    await sendCsv(response, 'servers.csv', serviceCsvHead(reader), read, (service) => serviceCells(reader, service));
  }

  async function show(request: PathRequest, response: Response, refused?: RefusedName): Promise<void> {
    const { customer, reader } = response.locals;
    const service = await ownService(customer, request.params.slug ?? '');
    const [facts, lastDay] = await Promise.all([factsOf(service, now()), lastDayOf(service, reader)]);
    const power =
      service.status === 'active' ? await powerCard(await findPower(request, response), reader, now()) : undefined;
    response.render('servers/show', { ...presentServer(reader, facts, refused), power, ...graphAssets, ...lastDay });
  }

  /** The traffic of a server that runs; nothing before it does. */
  async function lastDayOf({ id, status, name, slug }: Service, reader: Reader) {
    if (status !== 'active') return {};
    const of = { name, address: `/servers/${slug}/traffic` };
    const asked = readTrafficSpan({}, reader, now());
    return trafficCard(deps, reader, { of, holdings: await portsHeldBy(id), asked, patienceMs: 2_000 });
  }

  async function rename(request: PathRequest, response: Response): Promise<void> {
    const { customer, user } = response.locals;
    const service = await ownService(customer, request.params.slug ?? '');
    const name = parseName(request.body);
    if (!name) return show(request, response.status(422), { typed: typedText(request.body).name ?? '' });
    await renameService(service, { name, user, from: request.ip ?? '', at: now() });
    response.redirect(303, `/servers/${service.slug}`);
  }

  return [
    { method: 'get', path: '/servers', right: seen, handle: list },
    { method: 'get', path: '/servers.csv', right: seen, handle: csv },
    { method: 'get', path: '/servers/:slug', right: seen, handle: (request, response) => show(request, response) },
    { method: 'post', path: '/servers/:slug/name', right: changed, handle: rename },
  ];
}
