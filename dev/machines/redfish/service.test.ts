import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Hardware, openHardware } from '../../../tests/support/hardware.js';

const redfish = suite('pretend Redfish service');
let hardware: Hardware;

redfish.before(async () => {
  hardware = await openHardware();
});
redfish.after(() => hardware.discard());

const basic = (password = 'BMC password 01') => ({ authorization: `Basic ${btoa(`shop:${password}`)}` });
const system = '/redfish/v1/Systems/r1-01';

async function call(path: string, { method = 'GET', body, headers = basic() as object }: Call = {}) {
  const sent = { ...headers, ...(body && { 'content-type': 'application/json' }) };
  const text = body && JSON.stringify(body);
  const response = await fetch(hardware.url + path, { method, headers: sent, body: text });
  const answer = await response.text();
  return { status: response.status, headers: response.headers, json: answer ? JSON.parse(answer) : undefined };
}
type Call = { method?: string; body?: object; headers?: object };

redfish('[SVC-10] its root is open, its machines are not', async () => {
  assert.is((await call('/redfish/v1/', { headers: {} })).json.Systems['@odata.id'], '/redfish/v1/Systems');
  const { status, headers, json } = await call(system, { headers: {} });
  assert.is(status, 401);
  assert.match(headers.get('www-authenticate') ?? '', 'Basic');
  assert.match(json.error['@Message.ExtendedInfo'][0].MessageId, 'NoValidSession');
});

redfish('[SVC-10] an account sees its own machine and no other', async () => {
  const { json } = await call('/redfish/v1/Systems');
  assert.equal(json.Members, [{ '@odata.id': system }]);
  assert.is((await call('/redfish/v1/Systems/r1-02')).status, 403);
  assert.is((await call('/redfish/v1/Systems/nobody')).status, 404);
});

redfish('[SVC-10] a session is as good as a password until it is closed', async () => {
  const body = { UserName: 'shop', Password: 'BMC password 01' };
  const opened = await call('/redfish/v1/SessionService/Sessions', { method: 'POST', body, headers: {} });
  assert.is(opened.status, 201);
  const headers = { 'x-auth-token': opened.headers.get('x-auth-token') ?? '' };
  assert.is((await call(system, { headers })).status, 200);
  assert.is((await call(opened.json['@odata.id'], { method: 'DELETE', headers })).status, 204);
  assert.is((await call(system, { headers })).status, 401);
});

redfish('[SVC-10] every link that it gives leads somewhere', async () => {
  const seen = new Set<string>();
  const follow = async (path: string): Promise<void> => {
    if (seen.has(path)) return;
    seen.add(path);
    const { status, json } = await call(path);
    const opensOnly = path.endsWith('/Sessions') || path.includes('/Entries/');
    if (!opensOnly) assert.is(status, 200, path);
    for (const [, next] of JSON.stringify(json).matchAll(/"@odata.id":"([^"]+)"/g)) if (next) await follow(next);
  };
  await follow('/redfish/v1/');
  assert.ok(seen.has('/redfish/v1/Chassis/r1-01/Sensors/CPUTemp'));
});

redfish('[SVC-10] refuses what it does not know, in words', async () => {
  for (const body of [{ Boot: { BootSourceOverrideTarget: 'Moon' } }, { AssetTag: 'x' }, {}]) {
    const { status, json } = await call(system, { method: 'PATCH', body });
    assert.is(status, 400);
    assert.ok(json.error.message);
  }
  const reset = `${system}/Actions/ComputerSystem.Reset`;
  assert.is((await call(reset, { method: 'POST', body: { ResetType: 'Explode' } })).status, 400);
  assert.is((await call(reset, { method: 'POST', body: { ResetType: 'ForceOff' } })).status, 409);
});

redfish('[SVC-10] refuses a change to what has changed since it was read', async () => {
  const etag = (await call(system)).headers.get('etag') ?? '';
  const change = (BootSourceOverrideTarget: string) => {
    const body = { Boot: { BootSourceOverrideEnabled: 'Once', BootSourceOverrideTarget } };
    return call(system, { method: 'PATCH', body, headers: { ...basic(), 'if-match': etag } });
  };
  assert.is((await change('Pxe')).status, 200);
  assert.is((await change('Hdd')).status, 412);
});

redfish('[SVC-10] writes down what was done to it', async () => {
  const { json } = await call(`${system}/LogServices/SEL/Entries`);
  assert.equal(
    json.Members.map(({ Message }: { Message: string }) => Message),
    ['Boot override: Once Pxe'],
  );
});

redfish('[SVC-10] takes orders to misbehave, and only such as it knows', async () => {
  const order = (body: object) => call('/_sim/machines/r1-02/faults', { method: 'POST', body, headers: {} });
  assert.is((await order({ step: 'bmc', kind: 'dance' })).status, 422);
  assert.equal((await order({ step: 'bmc', kind: 'broken', times: 1 })).json, [
    { step: 'bmc', kind: 'broken', times: 1 },
  ]);
  assert.is((await call('/redfish/v1/Systems/r1-02', { headers: basic('BMC password 02') })).status, 500);
  assert.is((await call('/redfish/v1/Systems/r1-02', { headers: basic('BMC password 02') })).status, 200);
  const { json } = await call('/_sim/machines', { headers: {} });
  assert.equal(
    json.map(({ id, power }: { id: string; power: string }) => `${id} ${power}`),
    ['r1-01 Off', 'r1-02 Off'],
  );
  assert.not.match(JSON.stringify(json), 'BMC password');
});

redfish.run();
