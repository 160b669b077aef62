import type { Response } from 'express';
import { NotFoundError } from 'objection';
import type { Processes } from '../../../gateways/processes.js';
import { EmergencyStop } from '../../../models/durable/emergency-stop.js';
import { heldGroups, heldRows } from '../../../models/durable/stop-board.js';
import { staffMay, staffMayLift } from '../../../rules/accounts/staff-rights.js';
import { stopRelease } from '../../../workflows/messages/stop-release.js';
import { isUuid, typedText } from '../../forms/fields.js';
import { parseStop } from '../../forms/staff/stop.js';
import { Forbidden } from '../../middleware/errors.js';
import { presentStop } from '../../presenters/staff/stop.js';
import { presentStopBoard, type Rejected } from '../../presenters/staff/stops.js';
import { startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

export interface StopDeps {
  readonly processes: Processes;
  readonly now: () => Date;
}

const PAST_SHOWN = 20;
const ROWS_SHOWN = 50;

/** The emergency stop: setting it, what waits at it, and what starts at once when it is lifted, before it is. */
export function stopRoutes(deps: StopDeps): RouteDeclaration[] {
  const { now } = deps;

  async function board(response: Response, rejected?: Rejected): Promise<void> {
    const { reader, staff } = response.locals;
    const stops = () => EmergencyStop.query().withGraphFetched('[setBy, liftedBy]');
    const [standing, past] = await Promise.all([
      stops().modify('standing'),
      stops().modify('lifted').limit(PAST_SHOWN),
    ]);
    const withGroups = await Promise.all(standing.map(async (stop) => ({ stop, groups: await heldGroups(stop.id) })));
    const mayStop = staffMay(staff.role, 'stops:change');
    response.render('staff/stops', presentStopBoard(reader, { standing: withGroups, past, mayStop, rejected }));
  }

  async function set(request: PathRequest, response: Response): Promise<void> {
    const typed = typedText(request.body);
    const form = parseStop(request.body);
    if ('wrong' in form) return board(response.status(422), { typed, wrong: form.wrong });
    const { kind, reason } = form.value;
    const isNew = await EmergencyStop.set(kind, reason, actOf(request, response, now()));
    if (!isNew) return board(response.status(409), { typed, wrong: ['standing'] });
    response.redirect(303, '/staff/stops');
  }

  async function show(request: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const stop = await stopOf(request);
    const [groups, rows] = await Promise.all([heldGroups(stop.id), heldRows(stop.id, ROWS_SHOWN)]);
    const mayLift = staffMayLift(staff.role, stop.kind);
    response.render('staff/stop', presentStop(reader, { stop, groups, rows, mayLift }));
  }

  /** The second of two who lift it finds it lifted: that is what they wanted. */
  async function lift(request: PathRequest, response: Response): Promise<void> {
    const stop = await stopOf(request);
    if (!staffMayLift(response.locals.staff.role, stop.kind)) throw new Forbidden('not theirs to lift');
    if (await stop.lift(actOf(request, response, now()))) await startPromised(deps, stopRelease, { stopId: stop.id });
    response.redirect(303, '/staff/stops');
  }

  const seen = { staff: 'stops:see' } as const;
  const changed = { staff: 'stops:change' } as const;
  const path = '/staff/stops';
  return [
    { method: 'get', path, right: seen, handle: (_request, response) => board(response) },
    { method: 'post', path, right: changed, handle: set },
    { method: 'get', path: `${path}/:id`, right: seen, handle: show },
    { method: 'post', path: `${path}/:id/release`, right: changed, handle: lift },
  ];
}

async function stopOf({ params: { id } }: PathRequest): Promise<EmergencyStop> {
  if (!isUuid(id)) throw new NotFoundError({});
  return EmergencyStop.query().findById(id).withGraphFetched('[setBy, liftedBy]').throwIfNotFound();
}
