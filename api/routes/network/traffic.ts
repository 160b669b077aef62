import type { Response } from 'express';
import type { Holding } from '../../../rules/network/port-spans.js';
import { readTrafficSpan } from '../../forms/network/traffic-span.js';
import type { GraphOf } from '../../presenters/network/traffic-graph.js';
import type { PathRequest, Right, RouteDeclaration } from '../../routing.js';
import { graphAssets, type TrafficCardDeps, trafficCard } from '../../traffic-card.js';

export interface TrafficDeps extends TrafficCardDeps {
  readonly now: () => Date;
}

/** Something with traffic of its own, as its reader may know it. */
export interface TrafficSubject extends GraphOf {
  readonly holdings: readonly Holding[];
  /** By the port's id. */
  readonly portNames: ReadonlyMap<string, string>;
  /** In the names of its files. */
  readonly fileName: string;
  /** What stands around the graph on its page. */
  readonly page: object;
}

export interface TrafficPlace {
  readonly path: string;
  readonly right: Right;
  /** Throws `NotFoundError` where it is not the reader's. */
  find(request: PathRequest, response: Response): Promise<TrafficSubject>;
}

/** The page of a graph. */
export function trafficRoutes(deps: TrafficDeps, { path, right, find }: TrafficPlace): RouteDeclaration[] {
  async function page(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const subject = await find(request, response);
    const asked = readTrafficSpan(request.query, reader, deps.now());
    const card = await trafficCard(deps, reader, { of: subject, holdings: subject.holdings, asked });
    if ('silent' in card) response.status(503);
    response.render('network/traffic', { ...subject.page, ...graphAssets, ...card });
  }

  return [{ method: 'get', path, right, handle: page }];
}
