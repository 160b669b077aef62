import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { groupsOf, readCounters } from '../../collectors/snmp/counter-round.js';
import { readInterfaces } from '../../collectors/snmp/interface-table.js';
import { createSwitches } from '../../dev/switches/switches.js';
import { createSwitchReaders, type SwitchReaders } from '../../gateways/switch/readers.js';
import { type SwitchAccess, SwitchRefused, SwitchUnreachable } from '../../gateways/switch/switch.js';
import { failureOf } from '../support/failure.js';

const user = {
  name: 'shop',
  authProtocol: 'sha256',
  authKey: 'authentication key',
  privProtocol: 'aes',
  privKey: 'privacy key',
} as const;
const leaf = { name: 'leaf-1', community: 'private', user, vlans: [], firstIfIndex: 10_101, ports: 30 };
const far = 2n ** 40n;

for (const version of ['2c', '3'] as const) {
  const contract = suite(`reading a switch, SNMP v${version}`);
  let folder: string;
  let running: Awaited<ReturnType<typeof createSwitches>>;
  let readers: SwitchReaders;

  const reader = (differing: Partial<SwitchAccess> = {}) => {
    const port = running.snmpPorts.get('leaf-1') ?? 0;
    return readers.reader({ host: 'localhost', port, version, community: 'private', user, ...differing });
  };

  contract.before.each(async () => {
    folder = await mkdtemp(join(tmpdir(), 'switches-'));
    running = await createSwitches({ switches: [leaf], data: folder });
    readers = createSwitchReaders({ timeoutMs: 300, retries: 1, firstId: 7 });
  });
  contract.after.each(async () => {
    readers.close();
    await running.close();
    await rm(folder, { recursive: true });
  });

  contract('[NET-01] finds every port with its name, speed and state', async () => {
    const port = running.device('leaf-1')?.port(10_102);
    Object.assign(port ?? {}, { up: true, cabled: true, alias: 'web-3 · Наталя' });
    const { interfaces, unreadable } = await readInterfaces(reader());
    assert.equal([interfaces.length, unreadable], [30, 0]);
    const { lastChangeTicks: _, ...second } = interfaces[1] ?? {};
    assert.equal(second, {
      ...{ ifIndex: 10_102, name: 'Et1/0/2', descr: 'Ethernet1/0/2', alias: 'web-3 · Наталя', speedMbit: 10_000 },
      ...{ up: true, link: true, counterBits: 64, saysDiscontinuity: true },
    });
  });

  contract('[NET-01] reads counters of 64 bits from the customer’s side, with the device’s own time', async () => {
    const port = running.device('leaf-1')?.port(10_101);
    Object.assign(port ?? {}, { inOctets: String(far + 1n), outOctets: String(far + 2n) });
    const ports = [10_101, 10_130].map((ifIndex) => ({
      ...{ portId: `${ifIndex}`, ifIndex, identity: `name:Et1/0/${ifIndex - 10_100}` },
      ...{ counterBits: 64 as const, saysDiscontinuity: true },
    }));
    const { rounds, moved, unreadable } = await readCounters(reader(), groupsOf(ports), () => new Date());
    assert.equal([rounds.length, moved, unreadable], [2, 0, 0]);
    const { reading } = rounds[0] ?? {};
    assert.equal([reading?.inOctets, reading?.outOctets, reading?.discontinuity], [far + 2n, far + 1n, 0]);
    assert.ok((reading?.upTicks ?? 0) >= 0);
  });

  contract('[NET-01] what the device lacks is nothing, not a failure', async () => {
    assert.equal(await reader().get(['1.3.6.1.2.1.31.1.1.1.6.4', '1.3.6.1.2.1.2.1.0']), [undefined, 30]);
  });

  contract('[NET-01] outlives one lost packet, and calls silence unreachable', async () => {
    running.faults.set('leaf-1', { step: 'request', kind: 'silent', times: 1 });
    assert.equal(await reader().get(['1.3.6.1.2.1.2.1.0']), [30]);
    running.faults.set('leaf-1', { step: 'request', kind: 'silent' });
    assert.instance(await failureOf(reader().get(['1.3.6.1.2.1.2.1.0'])), SwitchUnreachable);
  });

  contract('[NET-01] a name that leads nowhere is unreachable', async () => {
    const nowhere = reader({ host: 'no-such-host.invalid' });
    assert.instance(await failureOf(nowhere.get(['1.3.6.1.2.1.2.1.0'])), SwitchUnreachable);
  });

  if (version === '3') {
    contract('[NET-01] refuses a user whom the device does not know', async () => {
      const stranger = reader({ user: { ...user, name: 'nobody' } });
      assert.instance(await failureOf(stranger.get(['1.3.6.1.2.1.2.1.0'])), SwitchRefused);
    });
  }

  contract.run();
}
