import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AddressAssignment } from '../../../models/network/address-assignment.js';
import { AddressReservation } from '../../../models/network/address-reservation.js';
import { Prefix } from '../../../models/network/prefix.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { type Place, thePlace } from '../../../tests/support/inventory.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { statementsDuring } from '../../../tests/support/statements.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const prefixes = suite('[STF-03] addresses');
const clock = { now: new Date('2027-03-11T12:10:00Z') };
const now = () => clock.now;
const page = '/staff/prefixes/198.18.0.0-16';
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
let place: Place;
let service: Service;
let address: string;

prefixes.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now }));
  visitor = await signedInVisitor(guest, await aStaffMember({ name: 'Oksana Kovalenko', timeZone: 'Europe/Kyiv' }));
  place = await thePlace();
  service = await aService(await aCustomer({ name: 'Fjordlys <Medietjenester> AS' }), { slug: 'media-1' });
  const [{ block = '' } = {}] = await AddressAssignment.query().where({ serviceId: service.id });
  address = block;
});
prefixes.after(async () => {
  await guest.leave();
  await database.close();
});

const find = async (query: string) => (await visitor.get(`/staff/prefixes?q=${encodeURIComponent(query)}`)).body;

prefixes('are listed with what of them is in use', async () => {
  const { body } = await visitor.get('/staff/prefixes');
  for (const words of ['198.18.0.0/16', '198.19.0.0/16', '2001:db8:4a::/48', '65,532', '65,536'])
    assert.match(body, words);
  assert.match(body, '<progress max="1000"');
  assert.match(await find('VLAN'), 'Nothing matches');
  assert.match(await find('servers'), '198.18.0.0/16');
  assert.not.match((await visitor.get('/staff/prefixes?show=ipv6')).body, '198.18.0.0/16');
});

prefixes('any address tells who has it, or why nobody gets it', async () => {
  const held = await find(address);
  for (const words of [`${address} is in use:`, 'Fjordlys &lt;Medietjenester&gt; AS', 'media-1'])
    assert.match(held, words);
  for (const [query, words] of [
    ['198.18.0.1', 'is the gateway of its prefix'],
    ['198.18.0.0', 'broadcast address'],
    ['198.18.255.255', 'broadcast address'],
    ['198.18.77.7', '198.18.77.7 is free'],
    ['203.0.113.9', 'is in none of our prefixes'],
    ['2001:db8:4a:99::/64', 'is free'],
    ['198.16.0.0/12', 'Fjordlys'],
  ] as const) {
    assert.match(await find(query), words, query);
  }
});

prefixes('an address that came back rests, until a day that is told', async () => {
  const past = await aService(await aCustomer({ name: 'Zonnebloem Webbouw' }));
  const [{ block = '' } = {}] = await AddressAssignment.query().where({ serviceId: past.id });
  await AddressAssignment.release(past.id, new Date('2027-03-09T08:00Z'));
  const body = await find(block);
  assert.match(body, 'rests before somebody else gets it');
  assert.match(body, 'rests until Apr 9, 2027');
  const page1 = (await visitor.get(`${page}?q=${block}&at=2027-03-09T09:59`)).body;
  assert.match(page1, 'Zonnebloem Webbouw');
  const page2 = (await visitor.get(`${page}?q=${block}&at=2027-03-09T10:01`)).body; // 08:00 UTC is 10:00 in Kyiv
  assert.not.match(page2, 'Zonnebloem Webbouw');
  assert.match((await visitor.get(`${page}?at=yesterday`)).body, 'Zonnebloem Webbouw');
});

prefixes('are reserved with a justification, and released', async () => {
  const fields = { block: '198.18.40.8/29', justification: 'Anycast <resolvers>' };
  assert.is((await visitor.post(`${page}/reservations`, fields)).status, 303);
  const { body } = await visitor.get(page);
  for (const words of ['198.18.40.8/29', 'Anycast &lt;resolvers&gt;', 'reserved by Oksana Kovalenko'])
    assert.match(body, words);
  assert.match(await find('198.18.40.9'), 'is reserved and is not given out');
  const [, action = ''] = body.match(/action="([^"]*reservations\/[^"]*)"/) ?? [];
  clock.now = new Date('2027-03-11T12:20:00Z');
  const released = await visitor.post(action, { _method: 'delete' });
  assert.is(released.status, 303);
  assert.match(await find('198.18.40.9'), 'is free');
  assert.match((await visitor.get(`${page}?show=past`)).body, 'Anycast');
  const elsewhere = action.replace('198.18.0.0-16', '198.19.0.0-16');
  assert.is((await visitor.post(elsewhere, { _method: 'delete' })).status, 404);
});

for (const [block, justification, status, words] of [
  ['', 'Routers', 422, 'Give an address or a block'],
  ['LIL2', 'Routers', 422, 'Give an address or a block'],
  ['198.18.40.9/29', 'Routers', 422, 'does not begin where its length says'],
  ['198.18.40.8/29', 'no', 422, 'Say what for'],
  ['198.18.40.8/29', 'x'.repeat(501), 422, 'Say what for'],
  ['198.19.0.0/29', 'Routers', 409, 'It is not in this prefix.'],
  ['198.18.0.0/30', 'Routers', 409, 'It is the gateway, or holds it.'],
] as const) {
  prefixes(`“${block}” for “${justification.slice(0, 9)}” is refused in words`, async () => {
    const answer = await visitor.post(`${page}/reservations`, { block, justification });
    assert.is(answer.status, status);
    assert.match(answer.body, words);
    assert.match(answer.body, `value="${block}"`);
  });
}

prefixes('what somebody has is not reserved', async () => {
  const answer = await visitor.post(`${page}/reservations`, { block: address, justification: 'Routers' });
  assert.equal([answer.status, answer.body.includes('Somebody has it')], [409, true]);
});

const whole = () => ({
  ...{ site: place.site.id, purpose: 'shared', block: '203.0.113.0/25', vlan: place.shared.vlanId ?? '' },
  ...{ gateway: '203.0.113.1', reserved: '203.0.113.2\r\n203.0.113.3', justification: 'First-hop redundancy' },
});

prefixes('a prefix is entered whole, with what of it is never given out', async () => {
  const { status, location } = await visitor.post('/staff/prefixes', whole());
  assert.equal([status, location], [303, '/staff/prefixes/203.0.113.0-25']);
  const { body } = await visitor.get(location ?? '');
  for (const words of ['First-hop redundancy', '203.0.113.3', '1.6% assigned or reserved']) assert.match(body, words);
  assert.is(await AddressReservation.query().modify('standing').resultSize(), 2);
});

for (const [differing, words] of [
  [{ block: '203.0.113.9/25' }, 'Did you mean 203.0.113.0/25?'],
  [{ block: '198.18.4.0/24', gateway: '198.18.4.1', reserved: '' }, 'It overlaps 198.18.0.0/16'],
  [{ block: 'x<y' }, 'Give a prefix like'],
  [{ purpose: 'ipv6' }, 'for the other version of IP'],
  [{ gateway: '' }, 'Give the gateway’s address.'],
  [{ vlan: '' }, 'Choose the VLAN'],
  [{ site: '00000000-0000-4000-8000-000000000000' }, 'Choose a site.'],
  [{ reserved: '203.0.113.200' }, '203.0.113.200 is not in the prefix.'],
  [{ justification: '' }, 'Say why these are never given out'],
  [{ purpose: 'colocation' }, 'Choose what it is for.'],
] as const) {
  prefixes(`a prefix with ${JSON.stringify(differing)} is refused in words`, async () => {
    await AddressReservation.query().delete();
    await Prefix.query().delete().where({ block: '203.0.113.0/25' });
    const before = await Prefix.query().resultSize();
    const { status, body } = await visitor.post('/staff/prefixes', { ...whole(), ...differing });
    assert.is(status, 422);
    assert.match(body, words);
    if (!('justification' in differing)) assert.match(body, 'First-hop redundancy');
    assert.is(await Prefix.query().resultSize(), before);
  });
}

prefixes('a registry’s report says who uses what, and why', async () => {
  const report = (await visitor.get(`${page}/report.csv`)).body;
  assert.match(report, `${address},Assigned,${service.customer.number},Fjordlys <Medietjenester> AS,media-1`);
  const [, line = ''] = (await visitor.get('/staff/prefixes.csv?show=shared')).body.split('\r\n');
  assert.match(line, /^198\.18\.0\.0\/16,Shared IPv4,LIL2,100,198\.18\.0\.1,65533,\d+,0,1,\d+,0$/);
});

prefixes('lists take as many statements with many addresses as with few', async () => {
  const ask = async () => [
    await statementsDuring(() => visitor.get(`/staff/prefixes?q=${address}&size=50`)),
    await statementsDuring(() => visitor.get(`${page}?size=50`)),
  ];
  const few = await ask();
  for (let each = 0; each < 12; each++) await aService(await aCustomer());
  const many = await ask();
  assert.equal(
    many.map(({ length }) => length),
    few.map(({ length }) => length),
  );
  for (const asked of many) assert.ok(asked.length <= 6, asked.join('\n'));
});

prefixes('prefixes that there are not are a 404', async () => {
  for (const block of ['198.18.0.0-17', '198.18.0.1-16', 'nonsense', '198.18.0.0-99'])
    assert.is((await visitor.get(`/staff/prefixes/${block}`)).status, 404, block);
});

prefixes.run();
