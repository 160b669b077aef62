import type { Response } from 'express';
import type { MetricsStore, TrafficPoint } from '../../../gateways/metrics/metrics-store.js';
import { patient, readIntervals } from '../../../gateways/metrics/traffic-reading.js';
import { type PictureKind, pictureTypes, savedGraph } from '../../../gateways/pictures/saved-graph.js';
import { dayAt } from '../../../rules/calendar.js';
import { heldWithin } from '../../../rules/network/port-spans.js';
import { sendCsvBatches } from '../../csv-download.js';
import { type AskedTraffic, readTrafficSpan } from '../../forms/network/traffic-span.js';
import { Unprocessable } from '../../middleware/errors.js';
import { localClock, trafficCells, trafficCsvHead } from '../../presenters/network/traffic-csv.js';
import { presentTrafficSheet } from '../../presenters/network/traffic-sheet.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { PATIENCE_MS, seeTraffic } from '../../traffic-sight.js';
import type { TrafficDeps, TrafficPlace, TrafficSubject } from './traffic.js';

interface Row {
  readonly port: string;
  readonly interval: TrafficPoint;
}

/** A graph as a picture or a document, and the five-minute intervals that it is made of. */
export function trafficFileRoutes(deps: TrafficDeps, { path, right, find }: TrafficPlace): RouteDeclaration[] {
  async function asks(request: PathRequest, response: Response) {
    const subject = await find(request, response);
    const asked = readTrafficSpan(request.query, response.locals.reader, deps.now());
    if (asked.refused) throw new Unprocessable(`the address has no such ${asked.refused}`);
    response.set('Cache-Control', 'private, no-store');
    return { subject, asked };
  }

  async function picture(kind: PictureKind, request: PathRequest, response: Response): Promise<void> {
    const { reader, brand } = response.locals;
    const { subject, asked } = await asks(request, response);
    const seen = await seeTraffic(deps.metrics, subject.holdings, asked);
    const file = await savedGraph(presentTrafficSheet(reader, subject, seen, brand.name), kind);
    response
      .attachment(fileName(subject, asked, reader.timeZone, kind))
      .type(pictureTypes[kind])
      .send(file);
  }

  async function csv(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { subject, asked } = await asks(request, response);
    const name = fileName(subject, asked, reader.timeZone, 'csv');
    const clock = localClock(reader.timeZone);
    const cells = ({ port, interval }: Row) => trafficCells(clock, port, interval);
    await sendCsvBatches(response, name, trafficCsvHead(reader), rowsOf(deps.metrics, subject, asked), cells);
  }

  const pictures = (Object.keys(pictureTypes) as PictureKind[]).map((kind) => ({
    path: `${path}.${kind}`,
    handle: (request: PathRequest, response: Response) => picture(kind, request, response),
  }));
  const files = [...pictures, { path: `${path}.csv`, handle: csv }];
  return files.map((file) => ({ ...file, method: 'get', right }) as const);
}

async function* rowsOf(
  metrics: MetricsStore,
  { holdings, portNames }: TrafficSubject,
  { span }: AskedTraffic,
): AsyncGenerator<readonly Row[]> {
  const store = patient(metrics, PATIENCE_MS);
  for await (const { portId, intervals } of readIntervals(store, heldWithin(holdings, span))) {
    const port = portNames.get(portId) ?? '';
    yield intervals.map((interval) => ({ port, interval }));
  }
}

/** Says what is in it: whose traffic, and from which day to which. */
function fileName({ fileName: name }: TrafficSubject, { span }: AskedTraffic, timeZone: string, kind: string): string {
  const days = new Set([span.from, span.to].map((end) => dayAt(end, timeZone)));
  return `${['traffic', name, ...days].join('-')}.${kind}`;
}
