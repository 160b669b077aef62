import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { groupsOf, readCounters } from '../../collectors/snmp/counter-round.js';
import { readInterfaces } from '../../collectors/snmp/interface-table.js';
import { createSwitchReaders, type SwitchReaders } from '../../gateways/switch/readers.js';
import { cleanText } from '../../rules/network/device-text.js';
import { identitiesOf } from '../../rules/network/interfaces.js';
import { recorded, recordedValues, startRecordedSwitch } from '../support/recorded-switch.js';
import { suiteUnless } from '../support/skipping.js';

const folder = process.env.SNMP_RECORDINGS ?? '../shared/data/snmp';
const missing = existsSync(folder) ? undefined : 'there are no recordings of switches here (set SNMP_RECORDINGS)';
const files = missing ? ['none'] : readdirSync(folder).filter((file) => file.endsWith('.snmprec'));
const recordings = suiteUnless(missing, 'recordings of real devices');
let readers: SwitchReaders;

recordings.before(() => {
  readers = createSwitchReaders({ timeoutMs: 2_000, retries: 1, firstId: 1 });
});
recordings.after(() => readers.close());

const columns = {
  ...{ descr: '2.2.1.2', speed: '2.2.1.5', admin: '2.2.1.7', link: '2.2.1.8', in32: '2.2.1.10', out32: '2.2.1.16' },
  ...{ name: '31.1.1.1.1', in64: '31.1.1.1.6', out64: '31.1.1.1.10', highSpeed: '31.1.1.1.15', alias: '31.1.1.1.18' },
} as const;

/**
 * The recording itself, read as text, so that what our own code makes of the packets is compared with something else.
 */
function tableIn(text: string) {
  const values = new Map(recordedValues(text).map((value) => [value.oid, value]));
  const at = (column: keyof typeof columns, ifIndex: number) => values.get(`1.3.6.1.2.1.${columns[column]}.${ifIndex}`);
  const words = (column: 'name' | 'descr' | 'alias', ifIndex: number) =>
    cleanText(at(column, ifIndex)?.octets.subarray(at(column, ifIndex)?.octets[1] === 0x81 ? 3 : 2) ?? Buffer.alloc(0));
  const named = [...values.keys()].flatMap(
    (oid) => /^1\.3\.6\.1\.2\.1\.(?:2\.2\.1\.2|31\.1\.1\.1\.1)\.(\d+)$/.exec(oid)?.[1] ?? [],
  );
  const indexes = [...new Set(named.map(Number))].sort((one, other) => one - other);
  return indexes.map((ifIndex) => {
    const number = (column: keyof typeof columns) => Number(at(column, ifIndex)?.text ?? 0);
    const both = (one: keyof typeof columns, other: keyof typeof columns) => at(one, ifIndex) && at(other, ifIndex);
    const speed = number('speed') === 4_294_967_295 ? 0 : Math.round(number('speed') / 1e6);
    const bits = both('in64', 'out64') ? 64 : both('in32', 'out32') ? 32 : null;
    const [incoming, outgoing] = bits === 64 ? (['in64', 'out64'] as const) : (['in32', 'out32'] as const);
    return {
      shown: {
        ...{ ifIndex, name: words('name', ifIndex), descr: words('descr', ifIndex), alias: words('alias', ifIndex) },
        speedMbit: number('highSpeed') || speed,
        up: number('admin') === 1,
        link: number('link') === 1,
        counterBits: bits,
      },
      counted: bits && [at(incoming, ifIndex)?.text, at(outgoing, ifIndex)?.text],
    };
  });
}

for (const file of files) {
  recordings(`[NET-01] ${file}: names, speeds, states and counters are those of the device`, async () => {
    const text = readFileSync(join(folder, file), 'latin1');
    const expected = tableIn(text);
    const clock = recorded('1.3.6.1.2.1.1.3.0', 67, '4242'); // one recording was made without it
    const device = await startRecordedSwitch([clock, ...recordedValues(text)], { mostBytes: 1_472 });
    try {
      const access = { host: '127.0.0.1', port: device.port, version: '2c', community: 'public' } as const;
      const reader = readers.reader(access);
      const { interfaces, unreadable } = await readInterfaces(reader);
      assert.is(unreadable, 0);
      assert.equal(
        interfaces.map(({ saysDiscontinuity: _, lastChangeTicks: __, ...shown }) => shown),
        expected.map(({ shown }) => shown),
      );
      for (const { name, descr, alias } of interfaces) assert.not.match(name + descr + alias, /\p{Cc}/u);
      const identities = identitiesOf(interfaces);
      const ports = interfaces.flatMap(({ ifIndex, counterBits, saysDiscontinuity }) =>
        counterBits === null
          ? []
          : [{ portId: `${ifIndex}`, ifIndex, identity: identities.get(ifIndex), counterBits, saysDiscontinuity }],
      );
      const { rounds, moved, unreadable: bad } = await readCounters(reader, groupsOf(ports), () => new Date());
      assert.equal([moved, bad], [0, 0]);
      assert.equal(
        rounds.map(({ reading }) => [String(reading.outOctets), String(reading.inOctets)]),
        expected.flatMap(({ counted }) => (counted ? [counted] : [])),
      );
    } finally {
      await device.close();
    }
  });
}

recordings.run();
