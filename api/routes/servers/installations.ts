import type { Response } from 'express';
import { type Processes, ProcessesUnavailable, ProcessRefused } from '../../../gateways/processes.js';
import { AddressAssignment } from '../../../models/network/address-assignment.js';
import { Installation, installationTokenHash } from '../../../models/servers/installation.js';
import { type ReportedStatus, recordReport, recordStranger } from '../../../models/servers/installation-report.js';
import { RootPassword } from '../../../models/servers/root-password.js';
import { Service } from '../../../models/services/service.js';
import { knownInstallerWord } from '../../../rules/servers/installer-words.js';
import {
  installerStarted,
  osInstalled,
  serverBooted,
  serverProvisioning,
} from '../../../workflows/messages/server-provisioning.js';
import { readReport } from '../../forms/servers/installation-reports.js';
import { presentAnswers } from '../../presenters/installation-answers.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

export interface InstallationRouteDeps {
  readonly processes: Processes;
  readonly now: () => Date;
}

const right = { token: 'installation' } as const;
const facts = { started: installerStarted, installed: osInstalled, booted: serverBooted } as const;

/**
 * For installers, each under its own token: unknown is 401; void, because the installation was abandoned or is over, 410.
 * The row is the truth; the process is told after the answer, and looks for itself should that be lost.
 */
export function installationRoutes({ processes, now }: InstallationRouteDeps): RouteDeclaration[] {
  async function answers(request: PathRequest, response: Response): Promise<void> {
    const installation = await openedBy(request, response);
    if (!installation) return;
    const { serviceId } = installation;
    const service = await Service.query().findById(serviceId).withGraphFetched('orderLine').throwIfNotFound();
    const held = await AddressAssignment.query().modify('heldBy', serviceId).withGraphFetched('prefix');
    const password = await RootPassword.query().findById(serviceId).throwIfNotFound();
    response.json(presentAnswers(service, held, password));
  }

  const report = (status: ReportedStatus) => async (request: PathRequest, response: Response) => {
    const installation = await openedBy(request, response);
    if (!installation) return;
    const said = readReport(status, request.body);
    if (!said) return void response.sendStatus(422);
    if (said.serial !== installation.server.serial) {
      await recordStranger(installation, said.serial, now());
      return void response.sendStatus(409);
    }
    const after = await recordReport(installation, status, now());
    if (after === 'abandoned') return void response.sendStatus(410);
    if (after === 'waiting') return void response.sendStatus(409);
    response.sendStatus(204);
    await hint(facts[status], installation);
  };

  async function progress(request: PathRequest, response: Response): Promise<void> {
    const installation = await openedBy(request, response);
    if (!installation) return;
    const said = readReport('progress', request.body);
    if (!said) return void response.sendStatus(422);
    const { percent, doing } = said;
    const seen = { percent: Math.round(percent), doing: knownInstallerWord(doing), reportedAt: now() };
    await installation.$query().where({ status: 'started' }).patch(seen);
    response.sendStatus(204);
  }

  async function hint(fact: (typeof facts)[ReportedStatus], { id, serviceId }: Installation): Promise<void> {
    try {
      await processes.signal(serverProvisioning, { serviceId }, fact, { installationId: id });
    } catch (error) {
      if (!(error instanceof ProcessesUnavailable || error instanceof ProcessRefused)) throw error;
    }
  }

  const path = (kind: string) => `/installations/${kind}`;
  return [
    { method: 'get', path: path('answers'), right, handle: answers },
    { method: 'post', path: path('progress'), right, body: 'raw', handle: progress },
    ...(Object.keys(facts) as ReportedStatus[]).map(
      (kind): RouteDeclaration => ({ method: 'post', path: path(kind), right, body: 'raw', handle: report(kind) }),
    ),
  ];
}

/** The installation behind the token; without one the answer is given already. */
async function openedBy(request: PathRequest, response: Response): Promise<Installation | undefined> {
  const [, token] = /^Bearer ([\w-]{16,200})$/.exec(request.get('authorization') ?? '') ?? [];
  const tokenHash = token ? installationTokenHash(token) : undefined;
  const installation = tokenHash && (await Installation.query().findOne({ tokenHash }).withGraphFetched('server'));
  if (!installation) response.sendStatus(401);
  else if (installation.status === 'abandoned' || installation.status === 'booted') response.sendStatus(410);
  else return installation;
  return undefined;
}
