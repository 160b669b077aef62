import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import snmp from 'net-snmp';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSwitches } from './switches.js';

const pretending = suite('pretend switches');
const preset = [{ ifIndex: 3, up: true, vlan: 110, alias: 'web-1' }];
const list = [
  { name: 'leaf-1', community: 'c', vlans: [110], preset },
  { name: 'leaf-2', community: 'c', vlans: [] },
];
let folder: string;
let running: Awaited<ReturnType<typeof createSwitches>>;
let now: Date;

pretending.before.each(async () => {
  now = new Date('2027-03-11T10:00Z');
  folder = await mkdtemp(join(tmpdir(), 'pretend-switches-'));
  await start();
});
pretending.after.each(async () => {
  await running.close();
  await rm(folder, { recursive: true });
});

async function start(): Promise<void> {
  running = await createSwitches({ switches: list, data: folder, now: () => now });
}

async function read(...oids: string[]): Promise<snmp.Varbind[]> {
  const session = snmp.createSession('127.0.0.1', 'c', {
    port: running.snmpPorts.get('leaf-1'),
    version: snmp.Version2c,
  });
  try {
    return await new Promise((resolve, reject) => {
      session.get(oids, (error, varbinds = []) => (error ? reject(error) : resolve(varbinds)));
    });
  } finally {
    session.close();
  }
}

async function post(path: string, body: object) {
  const headers = { 'content-type': 'application/json' };
  const url = `${running.controlUrl}/_sim/switches/leaf-1${path}`;
  return fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
}

const hex = (varbind: snmp.Varbind | undefined) =>
  Buffer.isBuffer(varbind?.value) ? varbind.value.toString('hex') : '';
const hc = (varbind: snmp.Varbind | undefined) => BigInt(`0x${hex(varbind)}`);

pretending('[SVC-10] count what a cabled port that is up carries, in 64 bits and in 32', async () => {
  await post('/ports/3/cable', { cabled: true });
  await post('/ports/3/traffic', { inOctets: 6_000_000_000, outOctets: 10 });
  const [wide, narrow, out] = await read(
    '1.3.6.1.2.1.31.1.1.1.6.3',
    '1.3.6.1.2.1.2.2.1.10.3',
    '1.3.6.1.2.1.2.2.1.16.3',
  );
  assert.is(hc(wide), 6_000_000_000n);
  assert.is(narrow?.value, 6_000_000_000 % 2 ** 32);
  assert.is(out?.value, 10);
});

pretending('[SVC-10] count nothing on a port without a machine, or that is down', async () => {
  await post('/ports/3/traffic', { inOctets: 1_000, outOctets: 0 });
  await post('/ports/4/cable', { cabled: true });
  await post('/ports/4/traffic', { inOctets: 1_000, outOctets: 0 });
  const counters = await read('1.3.6.1.2.1.31.1.1.1.6.3', '1.3.6.1.2.1.31.1.1.1.6.4');
  assert.equal(counters.map(hc), [0n, 0n]);
});

pretending('[SVC-10] know ports that are in use from the beginning', async () => {
  const [alias, admin, pvid, untagged] = await read(
    '1.3.6.1.2.1.31.1.1.1.18.3',
    '1.3.6.1.2.1.2.2.1.7.3',
    '1.3.6.1.2.1.17.7.1.4.5.1.1.3',
    '1.3.6.1.2.1.17.7.1.4.3.1.4.110',
  );
  assert.equal([String(alias?.value), admin?.value, pvid?.value], ['web-1', 1, 110]);
  assert.is(hex(untagged), '200000000000');
});

pretending('[SVC-10] keep their up-time and counters while only their process starts anew', async () => {
  await post('/ports/3/cable', { cabled: true });
  await post('/ports/3/traffic', { inOctets: 77, outOctets: 0 });
  await running.close();
  now = new Date('2027-03-11T10:05Z');
  await start();
  const [upTime, counter] = await read('1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.31.1.1.1.6.3');
  assert.is(upTime?.value, 30_000);
  assert.is(hc(counter), 77n);
});

pretending('[SVC-10] lose both when they are restarted themselves', async () => {
  await post('/ports/3/cable', { cabled: true });
  await post('/ports/3/traffic', { inOctets: 77, outOctets: 0 });
  now = new Date('2027-03-11T10:05Z');
  await post('/restart', {});
  const [upTime, counter] = await read('1.3.6.1.2.1.1.3.0', '1.3.6.1.2.1.31.1.1.1.6.3');
  assert.is(upTime?.value, 0);
  assert.is(hc(counter), 0n);
});

pretending('[SVC-10] say no to settings that make no sense', async () => {
  const session = snmp.createSession('127.0.0.1', 'c', {
    port: running.snmpPorts.get('leaf-1'),
    version: snmp.Version2c,
  });
  const { Integer, Gauge32, OctetString } = snmp.ObjectType;
  for (const varbind of [
    { oid: '1.3.6.1.2.1.2.2.1.7.3', type: Integer, value: 3 },
    { oid: '1.3.6.1.2.1.2.2.1.8.3', type: Integer, value: 1 },
    { oid: '1.3.6.1.2.1.17.7.1.4.5.1.1.3', type: Gauge32, value: 999 },
    { oid: '1.3.6.1.2.1.17.7.1.4.3.1.4.110', type: OctetString, value: Buffer.alloc(3) },
  ]) {
    const error = await new Promise<Error | null>((resolve) => session.set([varbind], resolve));
    assert.is(error?.name, 'RequestFailedError', varbind.oid);
  }
  session.close();
});

pretending('[SVC-10] say which switch or port is not there', async () => {
  assert.is((await post('/ports/99/cable', { cabled: true })).status, 404);
  assert.is((await post('/ports/3/traffic', { inOctets: -1, outOctets: 0 })).status, 422);
  assert.is((await post('/faults', { step: 'set', kind: 'dance' })).status, 422);
});

pretending.run();
