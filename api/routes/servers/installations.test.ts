import { randomUUID } from 'node:crypto';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAddressActivities } from '../../../activities/network/addresses.js';
import { createInstallationActivities } from '../../../activities/servers/installations.js';
import { createReservationActivities } from '../../../activities/servers/reservations.js';
import { createAccessTokens } from '../../../gateways/access-tokens.js';
import { ProcessesUnavailable } from '../../../gateways/processes.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { Installation } from '../../../models/servers/installation.js';
import { openDatabase } from '../../../tests/support/database.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { asActivity, openWorkshop, type Workshop } from '../../../tests/support/workshop.js';
import {
  installerStarted,
  osInstalled,
  serverBooted,
  serverProvisioning,
} from '../../../workflows/messages/server-provisioning.js';

const reports = suite('[SVC-10] what machines ask and report');
const processes = stubbedProcesses();
let database: { close: () => Promise<void> };
let workshop: Workshop;

reports.before(async () => {
  database = await openDatabase();
  workshop = await openWorkshop(processes);
});
reports.before.each(() => processes.signal.reset());
reports.after(async () => {
  await workshop.close();
  await database.close();
});

/** An installation that stands open for a machine, as the process prepares it. */
async function prepared(line = {}) {
  const { service } = await workshop.anOrder(line);
  const serviceId = service.id;
  const tokens = createAccessTokens(workshop.deps.linkKey);
  const installations = createInstallationActivities({ ...workshop.deps, tokens });
  const { reserveServer } = createReservationActivities();
  const { serverId } = await asActivity(() => reserveServer(serviceId));
  await asActivity(() => createAddressActivities().assignAddresses({ serviceId, serverId }));
  const installationId = randomUUID();
  await asActivity(() => installations.prepareInstallation({ serviceId, serverId, installationId }));
  const server = workshop.servers.find(({ id }) => id === serverId);
  assert.ok(server);
  const token = tokens.installation(installationId);
  const authorization = { authorization: `Bearer ${token}` };
  const said = {
    started: { serial: server.serial, mac: server.mac },
    installed: { serial: server.serial, disks: [] },
    booted: { serial: server.serial },
  };
  return {
    service,
    server,
    token,
    installationId,
    authorization,
    row: () => Installation.query().findById(installationId).throwIfNotFound(),
    abandon: () => asActivity(() => installations.abandonInstallation(installationId)),
    report: (kind: string, body: object = said[kind as keyof typeof said] ?? {}, headers: object = authorization) =>
      send(kind, JSON.stringify(body), headers),
    async done() {
      await Installation.query().findById(installationId).patch({ status: 'abandoned' });
      await asActivity(() => createReservationActivities().releaseServer(serviceId));
      await server.$query().patch({ status: 'ready' });
    },
  };
}

async function send(kind: string, body: string, headers: object): Promise<number> {
  const type = { 'content-type': 'application/json', ...headers };
  return (await fetch(`${workshop.visitor.origin}/installations/${kind}`, { method: 'POST', body, headers: type }))
    .status;
}

async function script(mac: string, serial: string): Promise<string> {
  return (await workshop.visitor.get(`/netboot/boot.ipxe?${new URLSearchParams({ mac, serial, uuid: 'u' })}`)).body;
}

reports('a machine is told to install while an installation stands open for it, and nothing otherwise', async () => {
  const { server, token, abandon, done } = await prepared();
  const { mac, serial } = server;
  const order = await script(mac.toUpperCase(), serial);
  assert.match(order, `kernel ${workshop.visitor.origin}/netboot/images/debian-13/kernel`);
  assert.match(order, `qm.token=${token}`);
  for (const [other, its] of [
    [mac, 'OTHER'],
    ['52:54:00:ff:ff:ff', serial],
    ['', ''],
    ['no mac', serial],
  ] as const) {
    assert.is(await script(other, its), '#!ipxe\nexit\n');
  }
  await abandon();
  assert.is(await script(mac, serial), '#!ipxe\nexit\n');
  await done();
});

reports('images name themselves, and nothing else is served', async () => {
  const { status, body } = await workshop.visitor.get('/netboot/images/debian-13/kernel');
  assert.equal([status, /debian-13/.test(body)], [200, true]);
  for (const path of ['debian-13/passwd', '..%2f..%2fetc/kernel', 'UPPER/kernel', 'debian-13/..%2fkernel']) {
    assert.is((await workshop.visitor.get(`/netboot/images/${path}`)).status, 404, path);
  }
});

reports('the installer is told all it needs, and no password', async () => {
  const { authorization, service, done } = await prepared({ sshKey: 'ssh-ed25519 AAAA one\n\nssh-ed25519 BBBB two\n' });
  const { status, body } = await workshop.visitor.get('/installations/answers', authorization);
  assert.is(status, 200);
  const { hostname, rootPasswordHash, sshKeys, system, addresses } = JSON.parse(body);
  assert.equal({ hostname, system }, { hostname: service.hostName, system: 'debian-13' });
  assert.equal(sshKeys, ['ssh-ed25519 AAAA one', 'ssh-ed25519 BBBB two']);
  assert.match(rootPasswordHash, /^\$6\$/);
  assert.match(addresses[0].address, /^198\.18\.\d+\.\d+\/16$/);
  assert.is(addresses[0].gateway, '198.18.0.1');
  assert.match(addresses[1].address, /^2001:db8:4a:.*::2\/64$/);
  await done();
});

reports('each report moves the row, and then the process is told', async () => {
  const { service, server, installationId, report, row, done } = await prepared();
  assert.is(await report('started'), 204);
  assert.is((await row()).status, 'started');
  assert.is((await server.$query()).status, 'provisioning');
  assert.is(await report('progress', { percent: 40, doing: 'copying' }), 204);
  assert.equal([(await row()).percent, (await row()).doing], [40, 'copying']);
  assert.is(await report('installed'), 204);
  assert.is(await report('booted'), 204);
  assert.is((await row()).status, 'booted');
  const about = [serverProvisioning, { serviceId: service.id }] as const;
  const facts = [installerStarted, osInstalled, serverBooted].map((fact) => [...about, fact, { installationId }]);
  assert.equal(processes.signal.args, facts);
  await done();
});

reports('a report that comes twice changes nothing, and is told again', async () => {
  const { report, row, done } = await prepared();
  assert.is(await report('started'), 204);
  const first = (await row()).reportedAt;
  assert.is(await report('started'), 204);
  assert.equal((await row()).reportedAt, first);
  sinon.assert.calledTwice(processes.signal);
  await done();
});

reports('a report counts while the cluster is away: the row is the truth', async () => {
  processes.signal.rejects(new ProcessesUnavailable('away'));
  const { report, row, done } = await prepared();
  assert.is(await report('started'), 204);
  assert.is((await row()).status, 'started');
  await done();
});

reports('a machine that came up from its disk was installed, whether that was reported or lost', async () => {
  const { report, row, done } = await prepared();
  await report('started');
  assert.is(await report('booted'), 204);
  assert.is((await row()).status, 'booted');
  await done();
});

reports('what was never begun is not finished', async () => {
  const { report, row, done } = await prepared();
  assert.equal([await report('installed'), await report('booted')], [409, 409]);
  assert.is((await row()).status, 'waiting');
  await done();
});

for (const kind of ['answers', 'started', 'progress', 'installed', 'booted']) {
  reports(`${kind}: 401 without a token that is ours, with nothing stored; 410 once it is void`, async () => {
    const { report, row, authorization, abandon, done } = await prepared();
    const ask = async (headers: Record<string, string>) =>
      kind === 'answers'
        ? (await workshop.visitor.get('/installations/answers', headers)).status
        : report(kind, undefined, headers);
    const strange = [
      {},
      { authorization: 'Bearer x' },
      { authorization: `Bearer ${'a'.repeat(43)}` },
      { authorization: 'Basic YTpi' },
    ];
    for (const headers of strange) assert.is(await ask(headers as Record<string, string>), 401);
    assert.is((await row()).status, 'waiting');
    await abandon();
    assert.is(await ask(authorization), 410);
    await Installation.query()
      .findById((await row()).id)
      .patch({ status: 'booted' });
    assert.is(await ask(authorization), 410);
    sinon.assert.notCalled(processes.signal);
    await done();
  });
}

reports('another machine with this token is refused, and staff can read which it was', async () => {
  const { report, row, server, done } = await prepared();
  assert.is(await report('started', { serial: 'OTHER', mac: server.mac }), 409);
  assert.is((await row()).status, 'waiting');
  const entry = await AuditEntry.query().where({ action: 'installation.refused' }).modify('newestFirst').first();
  assert.equal(entry?.after, { reported: 'OTHER', expected: server.serial });
  sinon.assert.notCalled(processes.signal);
  await done();
});

reports('what is no report is refused', async () => {
  const { report, authorization, row, done } = await prepared();
  for (const body of ['', '[]', '{', 'null', '{"serial":1}', '{"serial":["a"],"mac":"x"}']) {
    assert.is(await send('started', body, authorization), 422, body);
  }
  for (const percent of [-1, 101, '50', null]) assert.is(await report('progress', { percent, doing: 'copying' }), 422);
  assert.is(await report('progress', { percent: 1, doing: '<b>' }), 422);
  assert.is((await row()).status, 'waiting');
  await done();
});

reports.run();
