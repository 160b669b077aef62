import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MetricsUnreachable } from '../../../gateways/metrics/metrics-store.js';
import { PortAssignment } from '../../../models/network/port-assignment.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { KeptTraffic, steadily } from '../../../tests/support/kept-traffic.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { connected, onItsPort } from '../../../tests/support/traffic.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const files = suite('[NET-02] [S15] traffic as files');
const now = new Date('2027-03-10T12:02:00Z');
const hoursAgo = (hours: number) => new Date(Date.UTC(2027, 2, 10, 12) - hours * 3_600_000);

let database: { close: () => Promise<void> };
let metrics: KeptTraffic;
let service: Service;
let portId: string;
let guest: Visitor;
let visitor: Visitor;

files.before(async () => {
  database = await openDatabase();
  metrics = new KeptTraffic();
  const customer = await aCustomer({ timeZone: 'Europe/Kyiv', language: 'uk' });
  service = await aService(customer, { slug: 'shop-1' });
  portId = await onItsPort(service, hoursAgo(24 * 40));
  await metrics.write(steadily(portId, { from: hoursAgo(24 * 40), to: hoursAgo(0) }, 55_600_000, 109_100_000));
  guest = await visit(testApp({ metrics, now: () => now, logError: () => {} }));
  visitor = await signedInVisitor(guest, await aUser(customer));
});
files.after(async () => {
  await guest.leave();
  await database.close();
});

for (const [kind, type, begins] of [
  ['png', 'image/png', 'PNG'],
  ['jpeg', 'image/jpeg', /^\uFFFD\uFFFD/],
  ['svg', 'image/svg+xml', '<svg'],
  ['pdf', 'application/pdf', '%PDF'],
] as const)
  files(`are had as ${kind}, named after what is in it and kept by nobody on the way`, async () => {
    const { status, headers, body } = await visitor.get(`/servers/shop-1/traffic.${kind}?period=week`);
    assert.is(status, 200);
    assert.match(headers.get('Content-Type') ?? '', type);
    assert.is(headers.get('Content-Disposition'), `attachment; filename=traffic-shop-1-2027-03-03-2027-03-10.${kind}`);
    assert.is(headers.get('Cache-Control'), 'private, no-store');
    assert.match(body.slice(0, 20), begins);
  });

files('say the same figures in the reader’s words', async () => {
  const { body } = await visitor.get('/servers/shop-1/traffic.svg');
  for (const said of ['Трафік shop-1', 'Мбіт/с', '109,1', 'Прогалин немає', 'Europe/Kyiv', 'Northquay'])
    assert.match(body, said);
});

files('hold every five-minute interval to the octet, in UTC and by the reader’s clock', async () => {
  const { headers, body } = await visitor.get('/servers/shop-1/traffic.csv?period=month');
  assert.match(headers.get('Content-Type') ?? '', 'text/csv');
  const [head, first, ...rest] = body.trim().split('\r\n');
  assert.match(
    head ?? '',
    'Початок (UTC),Початок (Europe/Kyiv),Порт комутатора,Вхідний (байти),Вихідний (байти),Виміряно секунд',
  );
  assert.match(
    first ?? '',
    /^2027-02-10T12:00:00\.000Z,2027-02-10T14:00:00\+02:00,"sw-c07-a, порт ge-0\/0\/\d+",2085000000,4091250000,300$/,
  );
  assert.is(rest.length, 28 * 288 - 1);
});

files('hold nothing of another tenant', async () => {
  const other = await aService(service.customer);
  await PortAssignment.query().delete().where({ serviceId: service.id });
  await connected(other, portId, hoursAgo(24 * 40), hoursAgo(10.03));
  await connected(service, portId, hoursAgo(10.03), null);
  const rows = async (slug: string) =>
    (await visitor.get(`/servers/${slug}/traffic.csv`)).body.trim().split('\r\n').slice(1);
  const [own, others] = [await rows('shop-1'), await rows(other.slug)];
  assert.match(own[0] ?? '', hoursAgo(10).toISOString());
  assert.equal([own.length, others.length], [120, 167]); // the interval that both had a part in is nobody's
});

for (const query of ['?period=fortnight', '?from=NaN', '?from=2999-01-01T00:00Z', '?from=2026-11-20T12:00Z&to=x'])
  files(`are refused for ${query}`, async () => {
    for (const kind of ['png', 'csv'])
      assert.is((await visitor.get(`/servers/shop-1/traffic.${kind}${query}`)).status, 422);
  });

files('of others are not there, and staff have those of each port', async () => {
  const stranger = await signedInVisitor(guest, await aUser(await aCustomer()));
  const staff = await signedInVisitor(guest, await aStaffMember({ role: 'data_centre' }));
  for (const kind of ['png', 'jpeg', 'svg', 'pdf', 'csv']) {
    assert.is((await stranger.get(`/servers/shop-1/traffic.${kind}`)).status, 404);
    const { status, headers } = await staff.get(`/staff/switch-ports/${portId}/traffic.${kind}`);
    assert.is(status, 200);
    assert.match(headers.get('Content-Disposition') ?? '', /traffic-sw-c07-a-ge-0-0-\d+-2027-03-09-2027-03-10/);
  }
});

files('of a store that is silent are asked for later', async () => {
  const { traffic } = metrics;
  metrics.traffic = async () => {
    throw new MetricsUnreachable('connection refused');
  };
  for (const kind of ['png', 'csv']) {
    const { status, headers } = await visitor.get(`/servers/shop-1/traffic.${kind}`);
    assert.is(status, 503);
    assert.match(headers.get('Content-Type') ?? '', 'text/html');
  }
  metrics.traffic = traffic;
});

files.run();
