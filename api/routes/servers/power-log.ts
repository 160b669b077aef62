import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { ProcessRefused } from '../../../gateways/processes.js';
import { ProcessStep } from '../../../models/durable/process-step.js';
import { StaffTask } from '../../../models/durable/staff-task.js';
import {
  countPowerLog,
  type LoggedCommand,
  loggedCommand,
  type PowerScope,
  powerLog,
} from '../../../models/servers/power-log.js';
import { noteWithdrawal } from '../../../models/servers/power-withdrawal.js';
import { powerCommand, withdrawPowerCommand } from '../../../workflows/messages/power-command.js';
import { sendCsv } from '../../csv-download.js';
import { isUuid } from '../../forms/fields.js';
import { readListWish } from '../../presenters/list.js';
import { presentPowerCommand, stepsOfCommand } from '../../presenters/servers/power-command.js';
import { powerLogCells, powerLogHead, powerLogOffer, presentPowerLog } from '../../presenters/servers/power-log.js';
import { workflowAddress } from '../../presenters/staff/temporal-ui.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { PowerRouteDeps, PowerSide } from './power-side.js';

/** The reboot log: every command with what came of it, as a page and as a file, and a page for each that follows itself. */
export function powerLogRoutes({ path, seen, changed, find }: PowerSide, deps: PowerRouteDeps): RouteDeclaration[] {
  async function show(request: PathRequest, response: Response): Promise<void> {
    const { place, scope, mayChange } = await find(request, response);
    const command = await commandOf(request, scope);
    const { id } = command;
    const workflowId = powerCommand.workflowId({ commandId: id });
    const [steps, past, task] = await Promise.all([
      ProcessStep.query().modify('of', 'powerCommand', id),
      ProcessStep.secondsOf('powerCommand', stepsOfCommand(command.command)),
      StaffTask.query().modify('open').findOne({ workflowId }),
    ]);
    const workflow = workflowAddress(deps.temporalUi, workflowId);
    const input = { place, command, steps, past, task, workflow, mayChange, now: deps.now() };
    response.render('servers/power-command', presentPowerCommand(response.locals.reader, input));
  }

  /** Only while it waits at an emergency stop; too late is told by what came of it. */
  async function withdraw(request: PathRequest, response: Response): Promise<void> {
    const { place, scope, ...found } = await find(request, response);
    const command = await commandOf(request, scope);
    await noteWithdrawal(command, { ...found, from: request.ip ?? '', at: deps.now() });
    try {
      await deps.processes.update(powerCommand, { commandId: command.id }, withdrawPowerCommand);
    } catch (error) {
      if (!(error instanceof ProcessRefused)) throw error;
    }
    response.redirect(303, `${place.address}/power-commands/${command.id}`);
  }

  async function log(request: PathRequest, response: Response): Promise<void> {
    const { place, scope } = await find(request, response);
    const wish = readListWish(request.query, powerLogOffer(place));
    const [commands, count] = await Promise.all([powerLog(scope, wish), countPowerLog(scope, wish)]);
    response.render('servers/power-log', presentPowerLog(response.locals.reader, { place, wish, commands, count }));
  }

  async function csv(request: PathRequest, response: Response): Promise<void> {
    const { place, scope } = await find(request, response);
    const { reader } = response.locals;
    const wish = readListWish(request.query, powerLogOffer(place));
    const read = (offset: number, limit: number) => powerLog(scope, { ...wish, offset, limit });
    await sendCsv(response, 'reboot-log.csv', powerLogHead(reader), read, (row) => powerLogCells(reader, place, row));
  }

  const commands = `${path}/power-commands`;
  return [
    { method: 'get', path: commands, right: seen, handle: log },
    { method: 'get', path: `${commands}.csv`, right: seen, handle: csv },
    { method: 'get', path: `${commands}/:id`, right: seen, handle: show },
    { method: 'delete', path: `${commands}/:id`, right: changed, handle: withdraw },
  ];
}

async function commandOf({ params: { id } }: PathRequest, scope: PowerScope): Promise<LoggedCommand> {
  if (!isUuid(id)) throw new NotFoundError({});
  return loggedCommand(scope, id);
}
