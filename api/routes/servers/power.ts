import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { type PowerSubject, powerFactsOf } from '../../../models/servers/power-facts.js';
import { requestPower } from '../../../models/servers/power-request.js';
import type { Server } from '../../../models/servers/server.js';
import { powerCommand } from '../../../workflows/messages/power-command.js';
import { typedText } from '../../forms/fields.js';
import { parsePowerCommand } from '../../forms/servers/power-command.js';
import { Unprocessable } from '../../middleware/errors.js';
import type { Reader } from '../../presenters/moments.js';
import { isDeed, presentPower, presentPowerPage } from '../../presenters/servers/power.js';
import { type PowerFormInput, presentPowerForm } from '../../presenters/servers/power-form.js';
import { startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { powerLogRoutes } from './power-log.js';
import type { PowerFound, PowerRouteDeps, PowerSide } from './power-side.js';

/** A machine's power, the same for its customer and for staff: its card, its commands, its reboot log. */
export function powerRoutesOf(side: PowerSide, deps: PowerRouteDeps): RouteDeclaration[] {
  const { path, seen, changed, find } = side;

  async function card(request: PathRequest, response: Response): Promise<void> {
    const found = await find(request, response);
    const { place, mayChange } = found;
    const facts = await powerFactsOf(subjectOf(found), deps.now());
    response.render('servers/power', presentPowerPage(response.locals.reader, place, facts, deps.now(), mayChange));
  }

  async function form(
    found: PowerFound,
    command: string,
    response: Response,
    outcome: Pick<PowerFormInput, 'rejected' | 'refused'> = {},
  ): Promise<void> {
    if (!isDeed(command)) throw new NotFoundError({});
    const step = `power_${command}`;
    const read = [powerFactsOf(subjectOf(found), deps.now()), ProcessStep.secondsOf('powerCommand', [step])] as const;
    const [facts, past] = await Promise.all(read);
    const input = { place: found.place, command, facts, past: past[step] ?? [], now: deps.now(), ...outcome };
    response.render('servers/power-form', presentPowerForm(response.locals.reader, input));
  }

  async function ask(request: PathRequest, response: Response): Promise<void> {
    const found = await find(request, response);
    const { place, service, by } = found;
    const asked = parsePowerCommand(request.body);
    if (!asked) throw new Unprocessable('not a power command');
    const { command = '', reason = '' } = typedText(request.body);
    if ('wrong' in asked) return form(found, command, response.status(422), { rejected: { typed: reason } });
    const server = machineOf(found);
    const answer = await requestPower({ server, service, by, from: request.ip ?? '', at: deps.now(), ...asked });
    if ('refused' in answer) {
      if (asked.command === 'state') return card(request, response.status(409));
      return form(found, command, response.status(409), { refused: answer.refused });
    }
    const { id } = answer.accepted;
    await startPromised(deps, powerCommand, { commandId: id });
    response.redirect(303, `${place.address}/${asked.command === 'state' ? 'power' : `power-commands/${id}`}`);
  }

  return [
    { method: 'get', path: `${path}/power`, right: seen, handle: card },
    {
      method: 'get',
      path: `${path}/power/:command`,
      right: changed,
      handle: async (request, response) => form(await find(request, response), request.params.command ?? '', response),
    },
    { method: 'post', path: `${path}/power-commands`, right: changed, handle: ask },
    ...powerLogRoutes(side, deps),
  ];
}

/** For `views/servers/_power` on a page that says more of a machine; nothing where there is none. */
export async function powerCard(found: PowerFound, reader: Reader, now: Date) {
  if (!found.server) return undefined;
  return presentPower(reader, found.place, await powerFactsOf(subjectOf(found), now), now, found.mayChange);
}

function subjectOf(found: PowerFound): PowerSubject {
  const { service, by } = found;
  return {
    serverId: machineOf(found).id,
    serviceId: service?.id ?? null,
    askedBy: 'user' in by ? 'customer' : 'staff',
  };
}

function machineOf({ server }: PowerFound): Server {
  if (!server) throw new NotFoundError({});
  return server;
}
