import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AddressAssignment } from '../../../models/network/address-assignment.js';
import { Server } from '../../../models/servers/server.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aServer } from '../../../tests/support/inventory.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { statementsDuring } from '../../../tests/support/statements.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const servers = suite('[STF-04] machines of the inventory');
const now = () => new Date('2027-03-11T12:10:00Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let service: Service;
let held: Server;
let free: Server;

servers.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now }));
  visitor = await signedInVisitor(guest, await aStaffMember({ name: 'Oksana Kovalenko' }));
  service = await aService(await aCustomer({ name: 'ТОВ «Карпатські мережі» & Co' }), { slug: 'portal-1' });
  const lease = await ServerLease.query()
    .findOne({ serviceId: service.id })
    .withGraphFetched('server')
    .throwIfNotFound();
  held = lease.server;
  free = await aServer({ status: 'ready' });
});
servers.after(async () => {
  await guest.leave();
  await database.close();
});

const find = (query: string) => visitor.get(`/staff/servers?${query}`);

servers('are found by label, serial number, MAC, place, customer, service and address', async () => {
  const [{ block = '' } = {}] = await AddressAssignment.query().where({ serviceId: service.id });
  const { customer } = service;
  const words = [
    held.label,
    held.serial,
    held.mac.slice(0, 11).toUpperCase(),
    held.mac.replaceAll(':', '-'),
    customer.number,
    'карпатські',
    'portal-1',
  ];
  for (const query of [...words, block.split('/')[0] ?? '', 'LIL2 C07']) {
    const { status, body } = await find(`q=${encodeURIComponent(query)}&size=50`);
    assert.is(status, 200);
    assert.match(body, `href="/staff/servers/${held.label}"`, query);
  }
  assert.not.match((await find(`q=${held.serial}`)).body, free.label);
  assert.not.match((await find('q=%25')).body, held.label);
  assert.not.match((await find('q=198.51.100.7')).body, held.label);
});

servers('are narrowed by state, site and product, and counted by state', async () => {
  assert.match((await find('show=stock')).body, free.label);
  assert.not.match((await find('show=stock')).body, held.label);
  assert.match((await find('show=running')).body, held.label);
  assert.match((await find('')).body, /In stock 1/);
  assert.match((await find('site=LIL2')).body, held.label);
  assert.not.match((await find('site=PAR9')).body, held.label);
  const { slug } = await free.$relatedQuery('product').findOne({}).castTo<{ slug: string }>();
  assert.match((await find(`product=${slug}`)).body, free.label);
  assert.not.match((await find(`product=${slug}`)).body, held.label);
});

servers('are handed over as CSV, with who holds them', async () => {
  const { body } = await visitor.get(`/staff/servers.csv?q=${held.label}`);
  const [, line = ''] = body.split('\r\n');
  assert.match(line, `${held.label},${held.serial},${held.mac}`);
  assert.match(line, `ТОВ «Карпатські мережі» & Co,${service.customer.number},portal-1`);
});

servers('a list takes as many statements with many machines as with few', async () => {
  const few = await statementsDuring(() => find('size=50'));
  for (let each = 0; each < 12; each++) await aServer({ status: 'quarantined' });
  const many = await statementsDuring(() => find('size=50'));
  assert.is(many.length, few.length);
  assert.ok(many.length <= 6, many.join('\n'));
});

servers('a page tells what it is, where it stands, who has it, and no password', async () => {
  const { status, body } = await visitor.get(`/staff/servers/${held.label}`);
  assert.is(status, 200);
  for (const words of [held.serial, held.mac, 'sw-c07-a', 'Redfish', 'ТОВ «Карпатські мережі» &amp; Co', 'portal-1'])
    assert.match(body, words);
  assert.match(body, 'sealed; nobody is shown it');
  assert.not.match(body, 'secret');
  assert.match(body, 'Nothing is done by hand here');
  const asked = await statementsDuring(() => visitor.get(`/staff/servers/${held.label}`));
  assert.ok(asked.length <= 12, asked.join('\n')); // of them five about its power
});

servers('a former holder stands with the days it was theirs', async () => {
  const past = await aService(await aCustomer({ name: 'Fjordlys Medietjenester AS' }), { anchoredOn: '2027-01-05' });
  const lease = await ServerLease.query().findOne({ serviceId: past.id }).withGraphFetched('server').throwIfNotFound();
  await ServerLease.release(past.id, new Date('2027-02-20T09:30Z'));
  await lease.server.$query().patch({ status: 'quarantined' });
  const { body } = await visitor.get(`/staff/servers/${lease.server.label}`);
  assert.match(body, 'Nobody has this machine just now.');
  assert.match(body, 'Fjordlys Medietjenester AS');
  assert.match(body, '2027-02-20T09:30:00.000Z');
  assert.match(body, 'It rests here until its disks are wiped and proven so.');
  assert.not.match(body, 'value="ready"');
});

const move = (label: string, fields: Record<string, string>) => visitor.post(`/staff/servers/${label}/status`, fields);

servers('a machine is moved with a reason, which its page tells', async () => {
  const { label } = await aServer({ status: 'new' });
  assert.match((await visitor.get(`/staff/servers/${label}`)).body, 'value="testing"');
  const answer = await move(label, { from: 'new', to: 'testing', reason: 'Racked & <cabled>' });
  assert.equal([answer.status, answer.location], [303, `/staff/servers/${label}`]);
  const { body } = await visitor.get(`/staff/servers/${label}`);
  assert.match(body, 'Moved a machine to another state (Oksana Kovalenko). State: New → Being tested; Reason: Racked');
  assert.match(body, 'Racked &amp; &lt;cabled&gt;');
});

servers('what is wrong with a move is told, and nothing typed is lost', async () => {
  const { label, id } = await aServer({ status: 'testing' });
  for (const [fields, status, words] of [
    [{ from: 'testing', to: 'ready', reason: 'no' }, 422, 'Say why, in 3 to 500 characters.'],
    [{ from: 'testing', to: 'ready', reason: 'x'.repeat(501) }, 422, 'Say why'],
    [{ from: 'testing', reason: 'A reason of <mine>' }, 422, 'A reason of &lt;mine&gt;'],
    [{ from: 'testing', to: 'sold', reason: 'A reason' }, 422, 'Choose what shall happen.'],
    [{ from: 'new', to: 'testing', reason: 'A reason' }, 409, 'It is no longer in the state that your page showed'],
    [{ from: 'testing', to: 'in_service', reason: 'A reason' }, 409, 'may not be moved there'],
  ] as const) {
    const answer = await move(label, fields);
    assert.equal([answer.status, answer.body.includes(words)], [status, true], JSON.stringify(fields));
  }
  assert.is((await Server.query().findById(id))?.status, 'testing');
  assert.is((await move('S-9999', { from: 'new', to: 'testing', reason: 'A reason' })).status, 404);
});

servers('those who only read are shown no button, and are refused the deed', async () => {
  const reader = await signedInVisitor(guest, await aStaffMember({ role: 'support' }));
  const { label } = await aServer({ status: 'testing' });
  const { body } = await reader.get(`/staff/servers/${label}`);
  assert.not.match(body, '/status"');
  const { status } = await reader.post(`/staff/servers/${label}/status`, {
    from: 'testing',
    to: 'ready',
    reason: 'mine',
  });
  assert.is(status, 403);
});

servers.run();
