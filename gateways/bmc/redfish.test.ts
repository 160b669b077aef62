import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { failureOf } from '../../tests/support/failure.js';
import { type Bmc, BmcRefused, BmcUnreachable } from './bmc.js';
import { createRedfishBmc } from './redfish.js';

/** Services that differ from the pretend one in what they answer. */
const redfish = suite('Redfish driver');
interface Call {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}
let server: Server;
let calls: Call[];
let system: object;
/** Of everything but reading; whether it then does what it was asked is the test's business. */
let status: number;
let onChange: (body: string) => void;
let bmc: Bmc;

const ready = {
  SerialNumber: 'NQ-SN-01',
  PowerState: 'Off',
  Boot: { BootSourceOverrideEnabled: 'Disabled', BootSourceOverrideTarget: 'None' },
  Actions: { '#ComputerSystem.Reset': { target: '/reset', 'ResetType@Redfish.AllowableValues': ['On', 'ForceOff'] } },
};
const resettingTo = (reset: object) => ({ ...ready, Actions: { '#ComputerSystem.Reset': reset } });

redfish.before(async () => {
  server = createServer(async (request, response) => {
    const { method = '', headers } = request;
    const body = await text(request);
    calls.push({ method, headers, body });
    if (method === 'GET') response.setHeader('etag', 'W/"7"').end(JSON.stringify(system));
    else {
      onChange(body);
      response.writeHead(status).end();
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/redfish/v1/Systems/1`;
  bmc = createRedfishBmc({ driver: 'redfish', address, username: 'shop', password: 'secret' }, { timeoutMs: 2_000 });
});
redfish.before.each(() => {
  calls = [];
  system = ready;
  status = 204;
  onChange = () => {};
});
redfish.after(() => {
  server.closeAllConnections();
  server.close();
});

redfish('[SVC-10] changes only what it has read', async () => {
  onChange = (body) => {
    system = { ...ready, ...JSON.parse(body) };
  };
  await bmc.bootFromNetworkOnce();
  const [, change] = calls;
  assert.is(change?.headers['if-match'], 'W/"7"');
  assert.is(JSON.parse(change?.body ?? '').Boot.BootSourceOverrideTarget, 'Pxe');
});

redfish('[SVC-10] leaves a boot setting alone that stands already', async () => {
  await bmc.bootFromDisk();
  system = { ...ready, Boot: { BootSourceOverrideEnabled: 'Continuous', BootSourceOverrideTarget: 'None' } };
  await bmc.bootFromDisk();
  assert.equal(
    calls.map(({ method }) => method),
    ['GET', 'GET'],
  );
});

redfish('[SVC-10] tries again where a change was only accepted for later', async () => {
  status = 202;
  assert.instance(await failureOf(bmc.bootFromNetworkOnce()), BmcUnreachable);
});

redfish('[SVC-10] does not take a network boot for ever as one for once', async () => {
  onChange = () => {
    system = { ...ready, Boot: { BootSourceOverrideEnabled: 'Continuous', BootSourceOverrideTarget: 'Pxe' } };
  };
  assert.instance(await failureOf(bmc.bootFromNetworkOnce()), BmcRefused);
});

redfish('[SVC-10] takes its password to no other host', async () => {
  let met = 0;
  const other = createServer((_request, response) => {
    met += 1;
    response.writeHead(204).end();
  }).listen(0, '127.0.0.1');
  await once(other, 'listening');
  system = resettingTo({ target: `http://127.0.0.1:${(other.address() as AddressInfo).port}/reset` });
  assert.instance(await failureOf(bmc.powerOn()), BmcRefused);
  assert.is(met, 0);
  other.close();
});

redfish('[SVC-10] asks for no reset that is not offered', async () => {
  system = resettingTo({ target: '/reset', 'ResetType@Redfish.AllowableValues': ['GracefulShutdown'] });
  assert.instance(await failureOf(bmc.powerOn()), BmcRefused);
  system = { ...ready, Actions: {} };
  assert.instance(await failureOf(bmc.powerOn()), BmcRefused);
  assert.is(calls.filter(({ method }) => method === 'POST').length, 0);
});

redfish('[SVC-10] cycles the power in the way that is offered, and puts nothing in its place', async () => {
  const running = (types: string[]) => ({
    ...resettingTo({ target: '/reset', 'ResetType@Redfish.AllowableValues': types }),
    PowerState: 'On',
  });
  system = running(['ForceRestart', 'FullPowerCycle', 'PowerCycle']);
  await bmc.powerCycle();
  system = running(['ForceRestart', 'FullPowerCycle']);
  await bmc.powerCycle();
  system = running(['ForceRestart', 'GracefulRestart']);
  assert.instance(await failureOf(bmc.powerCycle()), BmcRefused);
  system = running(['PowerCycle']);
  assert.instance(await failureOf(bmc.reset()), BmcRefused);
  const asked = calls.filter(({ method }) => method === 'POST').map(({ body }) => JSON.parse(body).ResetType);
  assert.equal(asked, ['PowerCycle', 'FullPowerCycle']);
});

redfish('[SVC-10] a machine without a serial number is a case for a person', async () => {
  system = { ...ready, SerialNumber: null };
  assert.instance(await failureOf(bmc.serial()), BmcRefused);
});

redfish('[SVC-10] reads a machine that is going off as on', async () => {
  system = { ...ready, PowerState: 'PoweringOff' };
  assert.is(await bmc.powerState(), 'on');
});

for (const { answered, sorted } of [
  { answered: 409, sorted: BmcUnreachable },
  { answered: 412, sorted: BmcUnreachable },
  { answered: 503, sorted: BmcUnreachable },
  { answered: 302, sorted: BmcRefused },
  { answered: 400, sorted: BmcRefused },
  { answered: 405, sorted: BmcRefused },
]) {
  redfish(`[SVC-10] sorts ${answered} as ${sorted.name}`, async () => {
    status = answered;
    assert.instance(await failureOf(bmc.powerOn()), sorted);
  });
}

redfish.run();
