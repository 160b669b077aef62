import express, { type Express, type Request, type Response } from 'express';
import { z } from 'zod';
import type { Faults } from '../../faults.js';
import type { Machine } from '../machine.js';
import { Accounts } from './accounts.js';
import { reset, setBoot } from './actions.js';
import { badProperty, forbidden, missing, RedfishError } from './errors.js';
import * as resources from './resources.js';

const { ROOT, collection } = resources;
const SLOW_MS = 10_000;
const credentials = z.object({ UserName: z.string(), Password: z.string() });

/** The service processors of all pretend machines behind one address (DMTF DSP0266, schemas of DSP0268). */
export function redfishService(machines: readonly Machine[], faults: Faults, now: () => Date): Express {
  const accounts = new Accounts(machines, now);
  const app = express();
  app.set('etag', false).disable('x-powered-by');
  app.use(express.json());
  app.use((_request, response, next) => {
    response.set('OData-Version', '4.0').set('cache-control', 'no-store');
    next();
  });

  app.get('/redfish', (_request, response) => response.json({ v1: `${ROOT}/` }));
  app.get(ROOT, (_request, response) => response.json(resources.serviceRoot()));
  app.get(`${ROOT}/SessionService`, (_request, response) => response.json(resources.sessionService()));
  app.post(`${ROOT}/SessionService/Sessions`, ({ body }, response) => {
    const { data } = credentials.safeParse(body);
    if (!data) throw badProperty('UserName and Password are needed.');
    const { id, token } = accounts.open(data.UserName, data.Password);
    const path = `${ROOT}/SessionService/Sessions/${id}`;
    response.status(201).set({ 'x-auth-token': token, location: path });
    response.json({ '@odata.id': path, '@odata.type': '#Session.v1_7_0.Session', Id: id, UserName: data.UserName });
  });

  for (const kind of ['Systems', 'Chassis']) app.use(`${ROOT}/${kind}/:id`, misbehaving);
  app.use(({ headers }, { locals }, next) => {
    locals.machines = accounts.visibleTo(headers);
    next();
  });
  app.delete(`${ROOT}/SessionService/Sessions/:id`, ({ params, path }, response) => {
    if (!accounts.close(params.id)) throw missing(path);
    response.status(204).end();
  });
  for (const kind of ['Systems', 'Chassis'] as const) {
    const type = kind === 'Systems' ? 'ComputerSystem' : 'Chassis';
    app.get(`${ROOT}/${kind}`, (_request, response) => {
      const ids = (response.locals.machines as Machine[]).map(({ known }) => known.id);
      response.json(collection(`/${kind}`, type, ids));
    });
  }

  const system = `${ROOT}/Systems/:id`;
  app.get(system, (request, response) => sendSystem(response, machineOf(request, response)));
  app.patch(system, (request, response) => {
    const machine = machineOf(request, response);
    const wanted = request.get('if-match');
    if (wanted && wanted !== resources.etagOf(resources.computerSystem(machine))) {
      throw new RedfishError(412, 'PreconditionFailed', 'The ETag supplied did not match the resource.');
    }
    setBoot(machine, request.body);
    sendSystem(response, machine);
  });
  app.post(`${system}/Actions/ComputerSystem.Reset`, (request, response) => {
    reset(machineOf(request, response), request.body);
    response.status(204).end();
  });

  const interfaces = (id: string) => collection(`/Systems/${id}/EthernetInterfaces`, 'EthernetInterface', ['1']);
  const logs = (id: string) => collection(`/Systems/${id}/LogServices`, 'LogService', ['SEL']);
  const sensors = (id: string) => collection(`/Chassis/${id}/Sensors`, 'Sensor', resources.sensorNames);
  show(`${system}/EthernetInterfaces`, ({ known }) => interfaces(known.id));
  show(`${system}/EthernetInterfaces/1`, resources.ethernetInterface);
  show(`${system}/LogServices`, ({ known }) => logs(known.id));
  show(`${system}/LogServices/SEL`, resources.systemEventLog);
  show(`${system}/LogServices/SEL/Entries`, resources.eventEntries);
  show(`${ROOT}/Chassis/:id`, resources.chassis);
  show(`${ROOT}/Chassis/:id/Sensors`, ({ known }) => sensors(known.id));
  for (const name of resources.sensorNames) {
    show(`${ROOT}/Chassis/:id/Sensors/${name}`, (machine) => resources.sensor(machine, name));
  }

  app.use(({ path }) => {
    throw missing(path);
  });
  app.use(((error: Error, _request, response, _next) => {
    const known = error instanceof RedfishError ? error : unexpected(error);
    response.status(known.status).set(known.headers).json(known.body());
  }) satisfies express.ErrorRequestHandler);
  return app;

  function show(path: string, of: (machine: Machine) => object): void {
    app.get(path, (request, response) => {
      response.json(of(machineOf(request, response)));
    });
  }

  function sendSystem(response: Response, machine: Machine): void {
    const { serial } = machine.known;
    const body = resources.computerSystem(machine, response.locals.wrong ? `OTHER-${serial}` : serial);
    response.set('etag', resources.etagOf(body)).json(body);
  }

  function machineOf({ params, path }: Request, { locals }: Response): Machine {
    const isAsked = ({ known }: Machine) => known.id === params.id;
    const machine = (locals.machines as readonly Machine[]).find(isAsked);
    if (!machine) throw machines.some(isAsked) ? forbidden() : missing(path);
    return machine;
  }

  /** A dead service processor keeps the connection and says nothing; a client must have a limit of its own. */
  function misbehaving({ params }: Request<{ id: string }>, response: Response, next: () => void): void {
    const fault = faults.take(params.id, 'bmc');
    if (fault?.kind === 'dead' || fault?.kind === 'silent') return;
    if (fault?.kind === 'broken') throw new RedfishError(500, 'InternalError', 'The service processor restarts.');
    response.locals.wrong = fault?.kind === 'wrong';
    if (fault?.kind === 'slow') setTimeout(next, fault.delayMs ?? SLOW_MS);
    else next();
  }
}

/** A body that is no JSON has a status of its own; all else is ours. */
function unexpected(error: Error & { status?: number }): RedfishError {
  if (error.status === 400) return new RedfishError(400, 'MalformedJSON', error.message);
  return new RedfishError(500, 'InternalError', error.message);
}
