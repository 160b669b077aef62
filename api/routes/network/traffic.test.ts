import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MetricsUnreachable } from '../../../gateways/metrics/metrics-store.js';
import type { Customer } from '../../../models/accounts/customer.js';
import { PortAssignment } from '../../../models/network/port-assignment.js';
import type { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { KeptTraffic, steadily } from '../../../tests/support/kept-traffic.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { connected, onItsPort } from '../../../tests/support/traffic.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const pages = suite('[NET-02] traffic pages');
const now = new Date('2027-03-10T12:02:00Z');
const hoursAgo = (hours: number) => new Date(Date.UTC(2027, 2, 10, 12) - hours * 3_600_000);

let database: { close: () => Promise<void> };
let metrics: KeptTraffic;
let logged: string[];
let customer: Customer;
let service: Service;
let portId: string;
let guest: Visitor;
let visitor: Visitor;

pages.before(async () => {
  database = await openDatabase();
});
pages.before.each(async () => {
  metrics = new KeptTraffic();
  logged = [];
  customer = await aCustomer({ timeZone: 'Europe/Paris' });
  service = await aService(customer);
  portId = await onItsPort(service, hoursAgo(48));
  guest = await visit(testApp({ metrics, now: () => now, logError: (about) => logged.push(about) }));
  visitor = await signedInVisitor(guest, await aUser(customer));
});
pages.after.each(() => guest.leave());
pages.after(() => database.close());

const page = (query = '') => read(`/servers/${service.slug}/traffic${query}`);

/** A page as people see it: no entities, and no spaces of odd widths. */
async function read(path: string, who = visitor) {
  const { status, body } = await who.get(path);
  const entities = { '&#x3D;': '=', '&quot;': '"', '&#x27;': "'", '&amp;': '&' };
  const plain = body.replaceAll(/&(#x3D|quot|#x27|amp);/g, (entity) => entities[entity as keyof typeof entities]);
  return { status, body: plain.replaceAll(/[\u2009\u202f\u00a0]/g, ' ') };
}

function graphIn(body: string) {
  const [, data = ''] = body.match(/data-graph="(\{.*?\}\})"/) ?? [];
  return JSON.parse(data);
}

pages('show what one would read off a graph, in figures', async () => {
  await metrics.write(steadily(portId, { from: hoursAgo(24), to: hoursAgo(0) }, 55_600_000, 109_100_000));
  const { status, body } = await page();
  assert.is(status, 200);
  for (const said of [
    'Mbit/s',
    '55.6',
    '<b>109.1</b>',
    '600.5 GB',
    '1.178 TB',
    '288 five-minute intervals',
    'No gaps: 100%',
  ])
    assert.match(body, said);
  assert.match(body, /aria-label="Traffic of .*, in Mbit\/s\. In: 55\.6 at most, 55\.6 on average/);
  const { step, in: incoming, out: outgoing, percentile, timeZone } = graphIn(body);
  assert.equal(
    [step, incoming.length, new Set(incoming), new Set(outgoing)],
    [300, 288, new Set([55_600_000]), new Set([109_100_000])],
  );
  assert.equal([percentile, timeZone], [109_100_000, 'Europe/Paris']);
});

pages('leave gaps as gaps, and say from when to when', async () => {
  await metrics.write(steadily(portId, { from: hoursAgo(24), to: hoursAgo(14) }, 8e6, 8e6));
  await metrics.write(steadily(portId, { from: hoursAgo(13.5), to: hoursAgo(0) }, 8e6, 8e6));
  const { body } = await page();
  assert.match(body, /1 gap \(Mar 9, 2027, 23:00 – 23:30, 30 min\): unknown, not billed\. 97\.92%/);
  assert.is(graphIn(body).in.filter((rate: number | null) => rate === null).length, 6);
});

pages('show a service the traffic of its own time on a port, and nothing of who had it before or after', async () => {
  const other = await aService(customer);
  await connected(other, portId, hoursAgo(72), hoursAgo(48));
  await metrics.write(steadily(portId, { from: hoursAgo(72), to: hoursAgo(48) }, 999e6, 999e6));
  await metrics.write(steadily(portId, { from: hoursAgo(48), to: hoursAgo(0) }, 1e6, 2e6));
  const own = await page('?period=week');
  assert.not.match(own.body, /\b999(0{6})?\b/); // a form's token may hold these digits too
  assert.match(own.body, '576 five-minute intervals');
  const before = await read(`/servers/${other.slug}/traffic?period=week`);
  assert.match(before.body, '<b>999.0</b>');
  assert.match(before.body, '288 five-minute intervals');
  const since = hoursAgo(48).toISOString().slice(0, 16);
  assert.match(
    (await read(`/servers/${other.slug}/traffic?period=day&from=${since}Z`)).body,
    'the server had no switch port',
  );
});

pages('follow a service that moved to another port', async () => {
  const moved = await aService(customer);
  const [first, second] = [await onItsPort(moved, hoursAgo(20), hoursAgo(10)), portId];
  await connected(moved, second, hoursAgo(100), hoursAgo(90));
  await metrics.write(steadily(first, { from: hoursAgo(20), to: hoursAgo(10) }, 3e6, 1e6));
  await metrics.write(steadily(second, { from: hoursAgo(100), to: hoursAgo(90) }, 5e6, 1e6));
  const { body } = await read(`/servers/${moved.slug}/traffic?period=week`);
  assert.match(body, '240 five-minute intervals');
  assert.equal(new Set(graphIn(body).in), new Set([null, 5_000_000, 3_000_000]));
});

pages('step back and forward, and end with the present', async () => {
  const { body } = await page('?period=week&from=2027-02-20T12:00Z');
  assert.match(body, 'href="/servers/web-');
  assert.match(body, '?period=week&from=2027-02-13T12:00Z');
  assert.match(body, '?period=week&from=2027-02-27T12:00Z');
  const last = (await page('?period=week&from=2027-03-01T12:00Z')).body;
  assert.match(last, /id="traffic-later" href="[^"]*\?period=week"/);
  assert.not.match((await page('?period=week')).body, 'traffic-later');
});

for (const [query, words] of [
  ['?period=fortnight', 'There is no such period'],
  ['?from=NaN', 'cannot be shown'],
  ['?from=2999-01-01T00:00Z', 'cannot be shown'],
  ['?from=2027-03-09T00:00Z&from=x', 'cannot be shown'],
  ['?period=week&period=day', 'There is no such period'],
] as const)
  pages(`say what is wrong with ${query}, and show the last day`, async () => {
    const { status, body } = await page(query);
    assert.is(status, 200);
    assert.match(body, words);
    assert.match(body, 'Mar 9, 2027, 13:00 – Mar 10, 2027, 13:00');
  });

pages('say that the store is silent, and leave the rest of the server’s page as it is', async () => {
  metrics.traffic = async () => {
    throw new MetricsUnreachable('connection refused');
  };
  const { status, body } = await page('?period=week');
  assert.is(status, 503);
  assert.match(body, 'The traffic cannot be shown right now');
  assert.match(body, `href="/servers/${service.slug}/traffic?period=week"`);
  assert.equal(logged, [`traffic of ${service.name}`]);
  const server = await read(`/servers/${service.slug}`);
  assert.is(server.status, 200);
  for (const said of ['cannot be shown right now', service.hostName]) assert.match(server.body, said);
});

pages('wait for a store that never answers no longer than people would', async () => {
  metrics.traffic = () => new Promise(() => {});
  const { status, body } = await read(`/servers/${service.slug}`);
  assert.is(status, 200);
  for (const said of ['cannot be shown right now', service.hostName]) assert.match(body, said);
});

pages('have their last day on the server’s page too', async () => {
  await metrics.write(steadily(portId, { from: hoursAgo(24), to: hoursAgo(0) }, 55e6, 109e6));
  const { body } = await read(`/servers/${service.slug}`);
  assert.match(body, '<b>109.0</b>');
  assert.match(body, `href="/servers/${service.slug}/traffic?period=year"`);
});

pages('of a year are counted once for who looks at it and saves it', async () => {
  const path = `/servers/${service.slug}/traffic`;
  await PortAssignment.query()
    .where({ serviceId: service.id })
    .patch({ during: PortAssignment.raw('tstzrange(?, NULL)', [hoursAgo(24 * 300)]) as unknown as string });
  const intervals = () => metrics.asked.filter(({ resolution }) => resolution === 'interval').length;
  await read(`${path}?period=year`);
  const once = intervals();
  assert.ok(once >= 10, String(once));
  await visitor.get(`${path}.svg?period=year`);
  assert.ok(intervals() - once <= 2, String(intervals() - once)); // the edges of its days alone
});

pages('are there before anything was connected or measured', async () => {
  assert.match((await page()).body, 'Nothing was measured in this time');
  const fresh = await aService(customer);
  assert.match((await read(`/servers/${fresh.slug}/traffic`)).body, 'Measured from the moment the server is connected');
});

pages('of others are not there', async () => {
  const foreign = await aService(await aCustomer());
  await onItsPort(foreign, hoursAgo(48));
  assert.is((await read(`/servers/${foreign.slug}/traffic`)).status, 404);
});

pages('of a switch port show staff all of it, and who held it when', async () => {
  await metrics.write(steadily(portId, { from: hoursAgo(24), to: hoursAgo(0) }, 55e6, 109e6));
  const staff = await signedInVisitor(guest, await aStaffMember({ role: 'read_only' }));
  const { status, body } = await read(`/staff/switch-ports/${portId}/traffic`, staff);
  assert.is(status, 200);
  for (const said of ['sw-c07-a', '1 Gb/s', '<b>109.0</b>', service.name, customer.name, 'still'])
    assert.match(body, said);
});

pages.run();
