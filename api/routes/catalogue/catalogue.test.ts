import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Price } from '../../../models/catalogue/price.js';
import { Product } from '../../../models/catalogue/product.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aUser, theBrand } from '../../../tests/support/builders.js';
import { type DrawnProduct, theDrawnProduct } from '../../../tests/support/catalogue.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const catalogue = suite('[CAT-01] catalogue');
const now = new Date('2026-11-21T13:10:05Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let drawn: DrawnProduct;

catalogue.before(async () => {
  database = await openDatabase();
  await theBrand();
});
catalogue.before.each(async () => {
  await Product.query().patch({ listed: false });
  drawn = await theDrawnProduct();
  guest = await visit(testApp({ now: () => now }));
});
catalogue.after.each(async () => {
  await guest.leave();
});
catalogue.after(async () => {
  await database.close();
});

const page = (query = '') => guest.get(`/catalogue/${drawn.product.slug}${query}`);
const list = async (query = '') => (await guest.get(`/catalogue${query}`)).body;

catalogue('shows guests what is sold, what it costs and what is in stock', async () => {
  for (const _ of [1, 2]) await drawn.machine('memory/64', 'disks/960');
  const body = await list();
  for (const said of ['Quay M4', 'EPYC 4464P, 12 cores', '€109.00', 'a month', '+ €49.00 setup, once', '2 left'])
    assert.match(body, said);
  assert.match(body, `href="/catalogue/${drawn.product.slug}"`);
});

catalogue('shows prices by the year, and what that saves', async () => {
  const body = await list('?period=12');
  for (const said of ['€1,090.00', 'a year', 'no setup fee', 'By year, -16%', '?period&#x3D;12'])
    assert.match(body, said);
});

catalogue('finds products by every word of what is said of them, their choices too', async () => {
  await theDrawnProduct({ name: 'Quay S2', facts: [] });
  assert.match(await list('?q=epyc+4464P'), 'Quay M4');
  assert.not.match(await list('?q=epyc+4464P'), 'Quay S2');
  assert.match(await list('?q=memory+192'), 'Quay S2');
  const none = await list(`?q=${encodeURIComponent('<хмара>')}`);
  assert.match(none, 'Nothing matches “&lt;хмара&gt;”');
  assert.is((await guest.get('/catalogue?q=a&q=b&period=NaN&category[]=x')).status, 200);
});

catalogue('counts no machine that somebody holds, until that time is over', async () => {
  const machine = await drawn.machine('memory/64', 'disks/960');
  const service = await aService(await aCustomer());
  const hold = (until: Date) =>
    ServerLease.query().insert({
      serverId: machine.id,
      serviceId: service.id,
      during: ServerLease.raw('tstzrange(?, ?)', [new Date('2026-11-21T13:00Z'), until]) as unknown as string,
    });
  await hold(new Date('2026-11-21T13:30Z'));
  assert.match(await list(), 'Sold out');
  await ServerLease.query().where({ serverId: machine.id }).delete();
  await hold(new Date('2026-11-21T13:05Z'));
  assert.match(await list(), '1 left');
});

catalogue('says of each choice whether it can be had, alone and with the others', async () => {
  await drawn.machine('memory/64', 'disks/960');
  await drawn.machine('memory/128', 'disks/1920');
  const { body } = await page('?option_memory=128&option_disks=960');
  const detail = (id: string) => body.match(new RegExp(`<small id="${id}">([^<]*)<`))?.[1];
  assert.is(detail('option_memory-192'), 'sold out');
  assert.match(body, /value="192" disabled/);
  assert.is(detail('option_memory-64'), 'included');
  assert.is(detail('option_disks-1920'), '+ €19.00 a month');
  assert.is(detail('option_disks-960'), 'included, not together with your other choices');
  assert.match(body, 'No machine has all of this');
});

catalogue(
  'computes the sum of what is chosen, without VAT for a guest, who comes back here from signing in',
  async () => {
    await drawn.machine('memory/128', 'disks/1920');
    const { body } = await page('?option_memory=128&option_disks=1920&option_addresses=29&period=1');
    for (const said of ['€217.00', 'then €168.00 every month', 'depends on your country']) assert.match(body, said);
    const [, address = ''] = body.match(/"\/sign-in\?to&#x3D;([^"]+)"/) ?? [];
    assert.match(decodeURIComponent(address), `/catalogue/${drawn.product.slug}?option_memory=128`);
    assert.not.match(body, 'name="_csrf"');
  },
);

catalogue('computes a customer’s sum with their VAT, and sends it alone when only it is asked for', async () => {
  await drawn.machine('memory/128', 'disks/1920');
  const customer = await signedInVisitor(guest, await aUser(await aCustomer()));
  const query = '?option_memory=128&option_disks=1920&option_addresses=29&period=1';
  const address = `/catalogue/${drawn.product.slug}/summary${query}`;
  const { body } = await customer.get(address, { 'HX-Request': 'true' });
  for (const said of ['VAT 20%, France', '€43.40', '€260.40', 'then €201.60 every month']) assert.match(body, said);
  assert.match(body, 'name="quotedTotal" value="26040"');
  assert.not.match(body, '<html');
});

catalogue('tells each buyer which VAT is theirs', async () => {
  const buyers: [country: string, kind: 'company' | 'consumer', validated: boolean, said: string][] = [
    ['DE', 'company', true, 'reverse charge'],
    ['DE', 'company', false, 'VAT 19%, Germany'],
    ['DE', 'consumer', false, 'VAT 19%, Germany'],
    ['UA', 'company', false, 'outside the EU'],
  ];
  for (const [country, kind, validated, said] of buyers) {
    const vatValidatedAt = validated ? now : null;
    const buyer = await aCustomer({ country, kind, vatNumber: validated ? 'DE1' : null, vatValidatedAt });
    const visitor = await signedInVisitor(guest, await aUser(buyer));
    assert.match((await visitor.get(`/catalogue/${drawn.product.slug}`)).body, said);
  }
});

catalogue('sells nothing in a currency it has no price for, and nothing that is not listed', async () => {
  const visitor = await signedInVisitor(guest, await aUser(await aCustomer({ currency: 'USD' })));
  assert.match((await visitor.get('/catalogue')).body, 'Nothing is sold here yet');
  assert.is((await visitor.get(`/catalogue/${drawn.product.slug}`)).status, 404);
  for (const slug of ['nothing', '%00', "'", 'a%2fb']) assert.is((await guest.get(`/catalogue/${slug}`)).status, 404);
  await drawn.product.$query().patch({ listed: false });
  assert.is((await page()).status, 404);
});

catalogue('takes the price whose day has come', async () => {
  const price = { productId: drawn.product.id, currency: 'EUR', periodMonths: 1, setupMinor: 0 };
  await Price.query().insert({ ...price, recurringMinor: 99_00, validFromOn: '2026-11-21' });
  await Price.query().insert({ ...price, recurringMinor: 89_00, validFromOn: '2026-11-22' });
  assert.match(await list(), '€99.00');
});

for (const path of ['', '/:slug']) {
  catalogue(`asks the database at most six things for /catalogue${path}`, async () => {
    for (const _ of [1, 2, 3]) await theDrawnProduct().then(({ machine }) => machine('memory/64', 'disks/960'));
    const asked: string[] = [];
    const listen = ({ sql }: { sql: string }) => asked.push(sql);
    await list(); // reads the brand of the frame, which is kept
    Model.knex().on('query', listen);
    await guest.get(`/catalogue${path.replace(':slug', drawn.product.slug)}`);
    Model.knex().off('query', listen);
    assert.ok(asked.length > 2 && asked.length <= 6, asked.join('\n'));
  });
}

catalogue.run();
