import type { Socket } from 'node:dgram';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSwitches } from '../../dev/switches/switches.js';
import { createSnmpSwitches } from '../../gateways/switch/snmp.js';
import { type Switch, type SwitchAccess, SwitchRefused, SwitchUnreachable } from '../../gateways/switch/switch.js';
import { failureOf } from '../support/failure.js';

type Running = Awaited<ReturnType<typeof createSwitches>>;

const user = {
  name: 'shop',
  authProtocol: 'sha256',
  authKey: 'authentication key',
  privProtocol: 'aes',
  privKey: 'privacy key',
} as const;
/** Interfaces are numbered from 10101, bridge ports from 1: a driver that mixes them up hits the wrong port. */
const leaf = { name: 'leaf-1', community: 'private', user, vlans: [110, 120], firstIfIndex: 10_101 };
const first = 10_101;
const patience = { timeoutMs: 400, retries: 1 };

for (const version of ['2c', '3'] as const) {
  const contract = suite(`switch contract, SNMP v${version}`);
  let folder: string;
  let running: Running;
  let device: Switch;

  const access = (differing: Partial<SwitchAccess> = {}): SwitchAccess => {
    const port = running.snmpPorts.get('leaf-1') ?? 0;
    return { host: '127.0.0.1', port, version, community: 'private', user, ...differing };
  };
  const connect = (differing?: Partial<SwitchAccess>) => createSnmpSwitches(patience)(access(differing));
  const portOf = (ifIndex: number) => {
    const port = running.device('leaf-1')?.port(ifIndex);
    if (!port) throw new Error(`no port ${ifIndex}`);
    return port;
  };

  contract.before.each(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switches-'));
    running = await createSwitches({ switches: [leaf], data: folder });
    device = connect();
  });
  contract.after.each(async () => {
    await running.close();
    await rm(folder, { recursive: true });
  });

  contract('[WFL-06] reads every port at once, as one by one', async () => {
    await device.configurePort(first, { up: true, vlan: 110, alias: 'web-3' });
    await device.configurePort(first + 40, { up: false, vlan: 120, alias: '' });
    const ports = await device.readPorts();
    assert.is(ports.size, 48);
    assert.equal(ports.get(first), { up: true, vlan: 110, untagged: [110] });
    assert.equal(ports.get(first + 40), { up: false, vlan: 120, untagged: [120] });
    assert.equal(ports.get(first + 1), { up: false, vlan: 1, untagged: [1] });
  });

  contract('[SVC-10] puts a port up into its VLAN, under its name', async () => {
    await device.configurePort(first, { up: true, vlan: 110, alias: 'web-3 · Наталя' });
    portOf(first).cabled = true;
    assert.equal(await device.readPort(first), { up: true, vlan: 110, alias: 'web-3 · Наталя', link: true });
    assert.equal(running.device('leaf-1')?.untaggedIn(portOf(first)), [110]);
  });

  contract('[SVC-10] asks a device of IPv6 by IPv6', async () => {
    const opened: string[] = [];
    const note = (message: unknown) => opened.push((message as { socket: Socket & { type: string } }).socket.type);
    subscribe('udp.socket', note);
    const asking = failureOf(connect({ host: '::1' }).readPort(first));
    assert.instance(await asking.finally(() => unsubscribe('udp.socket', note)), SwitchUnreachable);
    assert.equal(opened, ['udp6']);
  });

  contract('[SVC-10] says that a port without a machine has no link', async () => {
    await device.configurePort(first, { up: true, vlan: 110, alias: 'web-3' });
    assert.is((await device.readPort(first)).link, false);
  });

  contract('[SVC-10] takes a port back out of service', async () => {
    await device.configurePort(first, { up: true, vlan: 110, alias: 'web-3' });
    await device.configurePort(first, { up: false, vlan: 1, alias: '' });
    assert.equal(await device.readPort(first), { up: false, vlan: 1, alias: '', link: false });
  });

  contract('[SVC-10] leaves everybody else in their VLANs', async () => {
    await device.configurePort(first, { up: true, vlan: 110, alias: 'web-1' });
    await device.configurePort(first + 8, { up: true, vlan: 120, alias: 'web-2' });
    await device.configurePort(first + 1, { up: true, vlan: 110, alias: 'web-3' });
    await device.configurePort(first, { up: true, vlan: 120, alias: 'web-1' });
    const members = [first, first + 1, first + 8].map((ifIndex) =>
      running.device('leaf-1')?.untaggedIn(portOf(ifIndex)),
    );
    assert.equal(members, [[120], [110], [120]]);
    for (const { id, egress, untagged } of running.device('leaf-1')?.vlans ?? []) assert.is(egress, untagged, `${id}`);
    assert.equal(running.device('leaf-1')?.untaggedIn(portOf(first + 2)), [1]);
  });

  contract('[SVC-10] is the same done twice', async () => {
    const settings = { up: true, vlan: 110, alias: 'web-3' };
    await device.configurePort(first, settings);
    const before = JSON.stringify(running.device('leaf-1')?.vlans);
    await device.configurePort(first, settings);
    assert.is(JSON.stringify(running.device('leaf-1')?.vlans), before);
  });

  contract('[SVC-10] refuses a VLAN that the switch does not have, and changes nothing', async () => {
    const before = await device.readPort(first);
    const failure = await failureOf(device.configurePort(first, { up: true, vlan: 999, alias: 'web-3' }));
    assert.instance(failure, SwitchRefused);
    assert.equal(await device.readPort(first), before);
  });

  contract('[SVC-10] refuses an alias that the device would cut', async () => {
    const alias = 'Ж'.repeat(33);
    const failure = await failureOf(device.configurePort(first, { up: true, vlan: 110, alias }));
    assert.instance(failure, SwitchRefused);
    assert.match(String(failure), 'an alias takes 64 octets');
  });

  contract('[SVC-10] refuses a port that is not there', async () => {
    assert.instance(await failureOf(device.readPort(77)), SwitchRefused);
  });

  contract('[SVC-10] finds out a switch that agrees and does nothing', async () => {
    running.faults.set('leaf-1', { step: 'set', kind: 'lies' });
    const failure = await failureOf(device.configurePort(first, { up: true, vlan: 110, alias: 'web-3' }));
    assert.instance(failure, SwitchRefused);
    assert.match(String(failure), 'reads back');
  });

  contract('[SVC-10] sorts a refused setting for a person', async () => {
    running.faults.set('leaf-1', { step: 'set', kind: 'refuses' });
    const failure = await failureOf(device.configurePort(first, { up: true, vlan: 110, alias: 'web-3' }));
    assert.instance(failure, SwitchRefused);
  });

  contract('[SVC-10] sorts a switch that is busy for another try', async () => {
    running.faults.set('leaf-1', { step: 'set', kind: 'busy', times: 1 });
    const settings = { up: true, vlan: 110, alias: 'web-3' };
    assert.instance(await failureOf(device.configurePort(first, settings)), SwitchUnreachable);
    await device.configurePort(first, settings);
  });

  contract('[SVC-10] does not follow a switch that goes in circles', async () => {
    running.faults.set('leaf-1', { step: 'request', kind: 'circles' });
    assert.match(String(await failureOf(device.readPort(first))), 'goes in circles');
  });

  contract('[SVC-10] leaves no socket behind, whatever came of it', async () => {
    const opened: Socket[] = [];
    const note = (message: unknown) => void opened.push((message as { socket: Socket }).socket);
    subscribe('udp.socket', note);
    await device.readPort(first);
    await failureOf(device.readPort(77));
    unsubscribe('udp.socket', note);
    assert.is(opened.length, 2);
    for (const socket of opened) assert.throws(() => socket.address(), 'Not running');
  });

  contract('[SVC-10] outlives one lost packet, and calls silence unreachable', async () => {
    running.faults.set('leaf-1', { step: 'request', kind: 'silent', times: 1 });
    await device.readPort(first);
    running.faults.set('leaf-1', { step: 'request', kind: 'silent' });
    assert.instance(await failureOf(device.readPort(first)), SwitchUnreachable);
  });

  contract('[SVC-10] sets the same again when the answer to a setting was lost', async () => {
    const settings = { up: true, vlan: 110, alias: 'web-3' };
    await device.configurePort(first, { ...settings, vlan: 120 });
    running.faults.set('leaf-1', { step: 'request', kind: 'answer_lost', times: 1 });
    await device.configurePort(first, settings);
    assert.equal(await device.readPort(first), { ...settings, link: false });
    assert.equal(running.device('leaf-1')?.untaggedIn(portOf(first)), [110]);
  });

  contract('[SVC-10] does not wait for a switch that is too slow', async () => {
    running.faults.set('leaf-1', { step: 'request', kind: 'slow', delayMs: 1_000 });
    assert.instance(await failureOf(device.readPort(first)), SwitchUnreachable);
    await new Promise((resolve) => setTimeout(resolve, 1_100)); // its late answers find nobody
  });

  contract('[SVC-10] calls a closed port unreachable', async () => {
    assert.instance(await failureOf(connect({ port: 9 }).readPort(first)), SwitchUnreachable);
  });

  contract('[SVC-10] remembers its ports over a restart', async () => {
    await device.configurePort(first, { up: true, vlan: 110, alias: 'web-3' });
    await running.close();
    running = await createSwitches({ switches: [leaf], data: folder });
    assert.equal(await connect().readPort(first), { up: true, vlan: 110, alias: 'web-3', link: false });
  });

  if (version === '2c') {
    contract('[SVC-10] calls a wrong community unreachable: the device keeps silent', async () => {
      assert.instance(await failureOf(connect({ community: 'public' }).readPort(first)), SwitchUnreachable);
    });
  } else {
    contract('[SVC-10] refuses a user whom the device does not know, and a device without one', async () => {
      const unknown = connect({ user: { ...user, name: 'nobody' } });
      assert.instance(await failureOf(unknown.readPort(first)), SwitchRefused);
      assert.instance(await failureOf(connect({ user: undefined }).readPort(first)), SwitchRefused);
    });
  }

  contract.run();
}
