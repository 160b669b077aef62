import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../../models/accounts/audit-entry.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { Service } from '../../../models/services/service.js';
import { ServiceCancellation } from '../../../models/services/service-cancellation.js';
import { testApp } from '../../../tests/support/app.js';
import { aCancellation, aCustomer, aService, aUser } from '../../../tests/support/builders.js';
import { drawnOrder, theDrawnProduct } from '../../../tests/support/catalogue.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { aRestingEnd } from '../../../tests/support/staff-tasks.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const servers = suite('[SVC-01] [SVC-03] servers');
let database: { close: () => Promise<void> };
let customer: Customer;
let guest: Visitor;
let visitor: Visitor;

servers.before(async () => {
  database = await openDatabase();
});
servers.before.each(async () => {
  customer = await aCustomer({ timeZone: 'Europe/Paris' });
  guest = await visit(testApp({ now: () => new Date('2027-03-10T12:00:00Z') }));
  visitor = await signedInVisitor(guest, await aUser(customer, { name: 'Élodie' }));
});
servers.after.each(async () => {
  await guest.leave();
});
servers.after(async () => {
  await database.close();
});

servers('are listed with address, state, the last day paid and the price', async () => {
  const { name, hostName } = await aService(customer);
  const { status, body } = await visitor.get('/servers');
  assert.is(status, 200);
  for (const said of [
    name,
    hostName,
    '198.18.',
    'In service',
    'Mar 31, 2027',
    '€30.00',
    'a month',
    'renews by itself',
    'Lille LIL2',
  ])
    assert.match(body, said);
});

servers('are found by name, host name and address, each by itself', async () => {
  const [web, db] = [
    await aService(customer, { slug: 'web-1' }),
    await aService(customer, { slug: 'db-1', name: 'База' }),
  ];
  const found = async (query: string) => (await visitor.get(`/servers?q=${encodeURIComponent(query)}`)).body;
  for (const query of ['БАЗА', 'db-1.example', db.name]) {
    const body = await found(query);
    assert.match(body, 'href="/servers/db-1"');
    assert.not.match(body, `href="/servers/${web.slug}"`);
  }
  const [, address = ''] = (await found('web-1')).match(/class="mono">([\d.]+)</) ?? [];
  assert.match(await found(address), 'href="/servers/web-1"');
  for (const nothing of ['%', "' OR 1=1", '203.0.113.9']) assert.match(await found(nothing), 'Nothing matches');
});

servers('are sorted and filtered, also the ones that are over', async () => {
  const ended = await aService(customer, { slug: 'old-1' });
  await Service.query()
    .findById(ended.id)
    .patch({ status: 'ended', endedAt: new Date('2027-03-01') });
  await aService(customer, { slug: 'web-1' });
  assert.not.match((await visitor.get('/servers?sort=-price')).body, 'old-1');
  assert.match((await visitor.get('/servers?show=cancelled&sort=paid')).body, 'href="/servers/old-1"');
  assert.match((await visitor.get('/servers/old-1')).body, 'href="/servers/old-1/traffic"');
  assert.is((await visitor.get('/servers/old-1/traffic')).status, 200);
  assert.match((await visitor.get('/servers?show=new')).body, 'Nothing to show here');
});

servers('that were only ordered are there already, and lead to their order', async () => {
  const drawn = await theDrawnProduct();
  await drawn.machine('memory/128', 'disks/1920');
  await visitor.post('/orders', drawnOrder(drawn));
  const list = (await visitor.get('/servers?show=new')).body;
  for (const said of ['Quay M4', 'NQ-', 'not yet', '€168.00', 'Ordered']) assert.match(list, said);
  const page = (await visitor.get('/servers/web-4')).body;
  assert.match(page, 'prepared as soon as its order is paid');
  assert.match(page, /href="\/orders\/NQ-\d+"/);
  assert.not.match(page, 'Show login data');
});

servers('show how they are reached and what they cost, and nothing of their management', async () => {
  const { slug, hostName } = await aService(customer);
  const { status, body } = await visitor.get(`/servers/${slug}`);
  assert.is(status, 200);
  for (const said of ['198.18.', '255.255.0.0', '198.18.0.1', hostName, '02:00:00:00:', 'rack C07', '€30.00 a month'])
    assert.match(body, said);
  assert.match(body, `href="/servers/${slug}/login-data"`);
  assert.match(body, `href="/services/${slug}/cancellation"`);
  assert.not.match(body, /redfish|127\.0\.0\.1:1|bmc/i);
});

servers('say on which day they end once a cancellation is confirmed', async () => {
  const service = await aService(customer);
  const { id } = await aCancellation(service);
  await ServiceCancellation.query().findById(id).patch({ status: 'scheduled', endsOn: '2027-04-01' });
  assert.match((await visitor.get('/servers')).body, 'Ends Apr 1, 2027');
  assert.match((await visitor.get(`/servers/${service.slug}`)).body, 'the server ends on Apr 1, 2027');
});

servers('say that part of their end is tried again, and offer no way back', async () => {
  const service = await aService(customer);
  await aRestingEnd(service, new Date('2027-03-11T10:00Z'));
  const { body } = await visitor.get(`/servers/${service.slug}`);
  assert.match(body, /It is tried again by March 18, 2027.* at the latest/);
  for (const wrong of ['you may change your mind', 'Its data are kept']) assert.not.match(body, wrong);
});

servers('are renamed, with a sentence and an audit entry; the address stays', async () => {
  const { slug, name } = await aService(customer);
  const answer = await visitor.post(`/servers/${slug}/name`, { name: ' Резервне сховище ' });
  assert.equal([answer.status, answer.location], [303, `/servers/${slug}`]);
  const { body } = await visitor.get(`/servers/${slug}`);
  assert.match(body, 'Резервне сховище');
  assert.match(body, `Élodie renamed the server from “${name}” to “Резервне сховище”`);
  const audited = await AuditEntry.query().findOne({ action: 'service.renamed', subjectId: slug });
  assert.equal(audited?.after, { name: 'Резервне сховище' });
});

for (const name of ['', '   ', 'x'.repeat(61), 'two\nlines']) {
  servers(`are not renamed to ${JSON.stringify(name).slice(0, 12)}`, async () => {
    const service = await aService(customer);
    const { status, body } = await visitor.post(`/servers/${service.slug}/name`, { name });
    assert.is(status, 422);
    assert.match(body, 'up to 60 characters');
    assert.is((await Service.query().findById(service.id))?.name, service.name);
  });
}

servers('of others are not there', async () => {
  const { slug } = await aService(await aCustomer());
  assert.is((await visitor.get(`/servers/${slug}`)).status, 404);
  assert.is((await visitor.post(`/servers/${slug}/name`, { name: 'mine' })).status, 404);
  assert.not.match((await visitor.get('/servers')).body, slug);
  for (const odd of ['%00', "'", '..%2f', 'x'.repeat(300)])
    assert.is((await visitor.get(`/servers/${odd}`)).status, 404);
});

servers('are had as a file', async () => {
  await aService(customer, { slug: 'web-1', name: '=1+1' });
  const { body } = await visitor.get('/servers.csv');
  assert.match(body, "'=1+1,web-1.example.org,");
  assert.match(body, '2027-03-31,EUR,30,1');
});

servers.run();
