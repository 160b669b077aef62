import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSealer } from '../../../gateways/sealing.js';
import { accessTo } from '../../../gateways/switch/access.js';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import { SwitchDevice } from '../../../models/network/switch-device.js';
import { SwitchPort } from '../../../models/network/switch-port.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aServer, thePlace } from '../../../tests/support/inventory.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { statementsDuring } from '../../../tests/support/statements.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const switches = suite('[STF-04] switches and their ports');
const sealer = createSealer(Buffer.alloc(32, 7));
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let service: Service;
let site: string;

switches.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ sealer, now: () => new Date('2027-03-11T12:10:00Z') }));
  visitor = await signedInVisitor(guest, await aStaffMember());
  site = (await thePlace()).site.id;
  service = await aService(await aCustomer({ name: 'Fjordlys <AS>' }), { slug: 'media-1' });
});
switches.after(async () => {
  await guest.leave();
  await database.close();
});

const version2 = (differing: Record<string, string> = {}): Record<string, string> => ({
  ...{ name: 'sw-d01-a', site, host: '2001:db8::7', port: '161', version: '2c', community: 'Secret-word-9', user: '' },
  ...{ authProtocol: 'sha256', authKey: '', privProtocol: 'aes', privKey: '' },
  ...{ beginning: 'Ethernet1/', count: '48', firstIndex: '101', speed: '10000', ...differing },
});

switches('a switch is entered with all its ports, and its community is sealed', async () => {
  const empty = (await visitor.get('/staff/switches/new')).body;
  assert.match(empty, /name="beginning"[^>]* list="beginning-suggestions"/);
  assert.match(empty, '<option value="GigabitEthernet1/0/" label="Cisco Catalyst">');
  assert.not.match(empty, 'value="Ethernet1/" id="beginning"');
  const { status, location } = await visitor.post('/staff/switches', version2());
  assert.equal([status, location], [303, '/staff/switches/sw-d01-a']);
  const device = await SwitchDevice.query().findOne({ name: 'sw-d01-a' }).throwIfNotFound();
  assert.is(accessTo(device, sealer).community, 'Secret-word-9');
  const ports = await SwitchPort.query().where({ switchId: device.id }).orderBy('ifIndex');
  assert.equal([ports.length, ports[47]?.name, ports[47]?.ifIndex], [48, 'Ethernet1/48', 148]);
  const { body } = await visitor.get('/staff/switches/sw-d01-a');
  for (const words of ['[2001:db8::7]:161', 'Ethernet1/1', '0 of 48 ports', 'Not read yet']) assert.match(body, words);
  assert.not.match(body, 'Secret-word-9');
  const [audit] = await AuditEntry.query().where({ subjectId: 'sw-d01-a' });
  assert.not.match(JSON.stringify(audit), /Secret-word|communit/i);
});

switches('version 3 takes a user with two keys, as whoever speaks to it opens them', async () => {
  const keys = { user: 'quartermaster', authKey: 'an-auth-key-1', privKey: 'a-priv-key-22' };
  const fields = version2({ name: 'sw-d01-b', version: '3', community: '', ...keys });
  assert.is((await visitor.post('/staff/switches', fields)).status, 303);
  const device = await SwitchDevice.query().findOne({ name: 'sw-d01-b' }).throwIfNotFound();
  const { user } = accessTo(device, sealer);
  assert.equal([user?.name, user?.authKey, user?.privKey], ['quartermaster', 'an-auth-key-1', 'a-priv-key-22']);
});

for (const [differing, words] of [
  [{ name: '' }, 'A name is 1 to 40'],
  [{ name: 'new' }, 'A name is 1 to 40'],
  [{ name: 'sw-d01-a' }, 'Another switch has this name.'],
  [{ site: '00000000-0000-4000-8000-000000000000' }, 'Choose a site.'],
  [{ host: 'a b' }, 'Give its IP address or host name.'],
  [{ host: `${'a-'.repeat(60)}.` }, 'Give its IP address or host name.'],
  [{ port: '0' }, 'A port is a number from 1 to 65535.'],
  [{ port: '65536' }, 'A port is a number from 1 to 65535.'],
  [{ version: '1' }, 'Choose the version of SNMP.'],
  [{ community: '' }, 'Give the community'],
  [{ version: '3', user: 'me', authKey: 'short', privKey: 'long-enough' }, 'A key has 8 to 100 characters.'],
  [{ count: '513' }, 'Give 1 to 512 ports.'],
  [{ firstIndex: '0' }, 'Give a whole number from 1.'],
  [{ speed: '7' }, 'Choose one of these.'],
] as const) {
  switches(
    `a switch with ${JSON.stringify(differing).slice(0, 60)} is refused in words, and what was typed stays`,
    async () => {
      const before = await SwitchDevice.query().resultSize();
      const { status, body } = await visitor.post('/staff/switches', version2({ name: 'sw-d02-a', ...differing }));
      assert.is(status, 422);
      assert.match(body, words);
      assert.match(body, /value="Ethernet1\/"/);
      assert.not.match(body, /Secret-word-9|long-enough/);
      assert.is(await SwitchDevice.query().resultSize(), before);
    },
  );
}

switches('of two who enter one name at once one is refused in words', async () => {
  const both = [1, 2].map(() => visitor.post('/staff/switches', version2({ name: 'sw-d03-a' })));
  assert.equal((await Promise.all(both)).map(({ status }) => status).sort(), [303, 422]);
});

switches(
  'what it is spoken to with stays where nothing is typed; another version or host asks for it anew',
  async () => {
    const { community: _, ...kept } = version2({ port: '1161' });
    assert.is((await visitor.post('/staff/switches/sw-d01-a', kept)).status, 303);
    const device = await SwitchDevice.query().findOne({ name: 'sw-d01-a' }).throwIfNotFound();
    assert.equal([device.port, accessTo(device, sealer).community], [1161, 'Secret-word-9']);
    const elsewhere = await visitor.post('/staff/switches/sw-d01-a', { ...kept, host: 'mine.example' });
    assert.is(elsewhere.status, 422);
    assert.match(elsewhere.body, 'Another host is told no words that were typed for this one');
    const other = await visitor.post('/staff/switches/sw-d01-a', { ...kept, version: '3' });
    assert.is(other.status, 422);
    assert.match(other.body, 'Another version asks for its own words');
    const anew = await visitor.post(
      '/staff/switches/sw-d01-a',
      version2({ host: 'sw-d01-a.example', port: '1161', community: 'other' }),
    );
    assert.is(anew.status, 303);
    const entries = await AuditEntry.query().where({ subjectId: 'sw-d01-a', action: 'switch.changed' }).orderBy('id');
    assert.equal(
      entries.map(({ after }) => after),
      [{ port: 1161 }, { host: 'sw-d01-a.example', secret: 'replaced' }],
    );
    assert.is((await visitor.post('/staff/switches/sw-none', version2())).status, 404);
  },
);

switches('ports are found by switch, machine, customer and service, with a way to their traffic', async () => {
  const lease = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server')
    .throwIfNotFound();
  const { label, switchPortId } = lease.server;
  const find = (query: string) => visitor.get(`/staff/switch-ports?${query}`);
  const { body } = await find(`q=${label}`);
  assert.match(body, `/staff/switch-ports/${switchPortId}/traffic`);
  assert.match(body, `/staff/servers/${label}`);
  assert.not.match((await find('q=%25')).body, label);
  assert.not.match((await find('show=free&size=50&q=sw-c07')).body, label);
  assert.match((await visitor.get('/staff/switches?q=c07')).body, 'sw-c07-a');
  const [, line = ''] = (await visitor.get(`/staff/switch-ports.csv?q=${label}`)).body.split('\r\n');
  assert.match(line, `sw-c07-a,`);
  assert.match(line, label);
});

switches('lists take as many statements with many ports as with few', async () => {
  const ask = async () => {
    const pages = ['/staff/switches', '/staff/switches/sw-c07-a?size=50', '/staff/switch-ports?size=50&q=a'];
    const asked: string[][] = [];
    for (const page of pages) asked.push(await statementsDuring(() => visitor.get(page)));
    return asked;
  };
  const few = await ask();
  for (let each = 0; each < 12; each++) await aServer();
  const many = await ask();
  assert.equal(
    many.map(({ length }) => length),
    few.map(({ length }) => length),
  );
  for (const asked of many) assert.ok(asked.length <= 6, asked.join('\n'));
});

switches.run();
