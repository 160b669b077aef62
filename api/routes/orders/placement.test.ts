import { randomUUID } from 'node:crypto';
import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Customer } from '../../../models/accounts/customer.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { Price } from '../../../models/catalogue/price.js';
import { Order } from '../../../models/orders/order.js';
import { ServerLease } from '../../../models/servers/server-lease.js';
import { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aUser } from '../../../tests/support/builders.js';
import { type DrawnProduct, drawnOrder, theDrawnProduct } from '../../../tests/support/catalogue.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { stubbedProcesses } from '../../../tests/support/stubbed-processes.js';
import { type Fields, type Visitor, visit } from '../../../tests/support/visitor.js';
import { order as orderProcess } from '../../../workflows/messages/order.js';

const placing = suite('[CAT-02] placing an order');
let database: { close: () => Promise<void> };
let processes: ReturnType<typeof stubbedProcesses>;
let customer: Customer;
let guest: Visitor;
let visitor: Visitor;
let drawn: DrawnProduct;

placing.before(async () => {
  database = await openDatabase();
});
placing.before.each(async () => {
  customer = await aCustomer();
  processes = stubbedProcesses();
  guest = await visit(testApp({ processes, now: () => new Date('2026-11-21T13:10:05Z') }));
  visitor = await signedInVisitor(guest, await aUser(customer));
  drawn = await theDrawnProduct();
});
placing.after.each(async () => {
  await guest.leave();
});
placing.after(async () => {
  await database.close();
});

const orders = () => Order.query().modify('ownedBy', customer).withGraphFetched('[lines, invoice.lines]');
const fields = (differing: Fields = {}) => drawnOrder(drawn, differing);

placing('makes an order, its invoice and its lease of what was filled in, and leads to the payment', async () => {
  const machine = await drawn.machine('memory/128', 'disks/1920');
  const answer = await visitor.post('/orders', fields({ quotedTotal: '26040' }));

  const [order] = await orders();
  assert.equal([answer.status, answer.location], [303, `/invoices/${order?.invoice.number}`]);
  assert.equal([order?.netMinor, order?.vatMinor, order?.totalMinor], [217_00, 43_40, 260_40]);
  const [line] = order?.lines ?? [];
  assert.equal(
    [line?.productName, line?.recurringMinor, line?.setupMinor, line?.system, line?.ipv4PrefixLength],
    ['Quay M4', 168_00, 49_00, 'debian-13', 29],
  );
  assert.equal(
    order?.invoice.lines.map(({ description, netMinor }) => [description, netMinor]),
    [
      ['Quay M4, 1 month', 168_00],
      ['Setup of Quay M4, once', 49_00],
    ],
  );
  const service = await Service.query()
    .findOne({ orderLineId: line?.id ?? '' })
    .throwIfNotFound();
  assert.is(service.slug, 'web-4');
  assert.is((await ServerLease.query().findOne({ serviceId: service.id }))?.serverId, machine.id);
  sinon.assert.calledOnceWithExactly(processes.start, orderProcess, { orderId: order?.id });
});

placing('is one order however often the form is sent, also when its own machine was the last', async () => {
  await drawn.machine('memory/128', 'disks/1920');
  const form = fields();
  const clicks = await Promise.all([1, 2, 3].map(() => visitor.post('/orders', form)));
  const later = await visitor.post('/orders', form);
  const [{ number }] = (await Invoice.query().where({ customerId: customer.id })) as [Invoice];
  assert.equal(
    [...clicks, later].map(({ status, location }) => [status, location]),
    Array(4).fill([303, `/invoices/${number}`]),
  );
  assert.is((await orders()).length, 1);
});

placing('asks again when the sum has changed since the page was drawn', async () => {
  await drawn.machine('memory/128', 'disks/1920');
  await Price.query().findOne({ productId: drawn.product.id, periodMonths: 1 }).patch({ recurringMinor: 119_00 });
  const { status, body } = await visitor.post('/orders', fields({ quotedTotal: '26040' }));
  assert.is(status, 409);
  assert.match(body, 'The sum is €272.40 now');
  assert.match(body, 'name="quotedTotal" value="27240"');
  assert.match(body, 'value="web-4.haut-jura.example"');
  assert.is((await orders()).length, 0);
});

placing('says so when no machine has all that was chosen', async () => {
  await drawn.machine('memory/128', 'disks/960');
  const { status, body } = await visitor.post('/orders', fields());
  assert.is(status, 422);
  assert.match(body, 'href="#option_memory">No machine has all of this any more');
  assert.is((await orders()).length, 0);
});

placing('one of two who race for the last machine gets it, the other is told', async () => {
  await drawn.machine('memory/128', 'disks/1920');
  const rival = await signedInVisitor(guest, await aUser(await aCustomer()));
  const answers = await Promise.all([visitor, rival].map((each) => each.post('/orders', fields())));
  const statuses = answers.map(({ status }) => status).sort();
  assert.is(statuses[0], 303);
  assert.ok([409, 422].includes(statuses[1] ?? 0));
});

placing('computes the sum for the period without script, and places nothing', async () => {
  await drawn.machine('memory/128', 'disks/1920');
  const { status, body } = await visitor.post('/orders', fields({ preview: 'yes', period: '12', hostName: 'not yet' }));
  assert.is(status, 200);
  assert.match(body, '€2,016.00'); // 1,680.00 and 20 %
  assert.match(body, 'value="not yet"');
  assert.is((await orders()).length, 0);
});

const wrong: [name: string, differing: Fields, field: string][] = [
  ['no choice', { option_memory: '' }, 'option_memory'],
  ['a choice nobody offers', { option_memory: '1024' }, 'option_memory'],
  ['a choice of another option', { option_memory: '1920' }, 'option_memory'],
  ['a negative choice', { option_disks: '-1' }, 'option_disks'],
  ['another system', { option_system: 'beos' }, 'option_system'],
  ['no reason for a block', { justification: ' ' }, 'justification'],
  ['a reason too long', { justification: 'x'.repeat(1_001) }, 'justification'],
  ['a reason with a null in it', { justification: 'a\0b' }, 'justification'],
  ['no host name', { hostName: '' }, 'hostName'],
  ['half a host name', { hostName: 'web-4' }, 'hostName'],
  ['a host name too long', { hostName: `${'a'.repeat(300)}.example` }, 'hostName'],
  ['a host name with a script in it', { hostName: '<b>.example' }, 'hostName'],
  ['a weak word for a key', { sshKey: 'swordfish' }, 'sshKey'],
  ['a private key', { sshKey: '-----BEGIN OPENSSH PRIVATE KEY-----' }, 'sshKey'],
  ['a key too long', { sshKey: `ssh-rsa ${'A'.repeat(4_100)}` }, 'sshKey'],
  ['no contact', { contact: '' }, 'contact'],
  ['a contact too long', { contact: 'x'.repeat(201) }, 'contact'],
  ['a contact in two lines', { contact: 'a\r\nBcc: b' }, 'contact'],
  ['no period', { period: '' }, 'period'],
  ['a period that is not sold', { period: '3' }, 'period'],
  ['zero months', { period: '0' }, 'period'],
  ['a negative period', { period: '-1' }, 'period'],
  ['NaN months', { period: 'NaN' }, 'period'],
  ['a period written otherwise', { period: '1.0' }, 'period'],
  ['terms not accepted', { terms: '' }, 'terms'],
  ['older terms', { terms: '11' }, 'terms'],
  ['no token', { token: '' }, ''],
  ['a token of another kind', { token: '42' }, ''],
  ['a currency', { currency: 'USD' }, ''],
  ['a price', { recurringMinor: '1' }, ''],
  ['__proto__', JSON.parse('{ "__proto__": "x" }'), ''],
  ['constructor', JSON.parse('{ "constructor": "x" }'), ''],
];

for (const [name, differing, field] of wrong) {
  placing(`refuses ${name}, says where, keeps what was typed, stores nothing`, async () => {
    await drawn.machine('memory/128', 'disks/1920');
    const form = { ...fields({ contact: 'Ґалаґан <ґ@example.org>' }), ...differing };
    const { status, body } = await visitor.post('/orders', form);
    assert.is(status, 422);
    assert.match(body, 'role="alert"');
    if (field) assert.match(body, `<li><a href="#${field}">`);
    if (field !== 'contact') assert.match(body, 'Ґалаґан &lt;ґ@example.org&gt;');
    assert.is((await orders()).length, 0);
    sinon.assert.notCalled(processes.start);
  });
}

for (const field of ['option_memory', 'hostName', 'contact', 'period', 'terms', 'token', 'justification']) {
  placing(`refuses a form without ${field}, and one that has it twice`, async () => {
    await drawn.machine('memory/128', 'disks/1920');
    const { [field]: _left, ...rest } = fields() as Record<string, string>;
    assert.is((await visitor.post('/orders', rest)).status, 422);
    const twice = [...Object.entries(fields()), [field, 'again']] as unknown as Fields;
    assert.is((await visitor.post('/orders', twice)).status, 422);
    assert.is((await orders()).length, 0);
  });
}

for (const product of ['', 'quay-none', randomUUID(), '../quay', 'a\0b']) {
  placing(`refuses the product "${product}"`, async () => {
    const { status } = await visitor.post('/orders', fields({ product }));
    assert.is(status, 422);
    assert.is((await orders()).length, 0);
  });
}

placing('keeps to what a customer may: a guest is sent to sign in', async () => {
  const { status, location } = await guest.post('/orders', fields());
  assert.equal([status, location], [303, '/sign-in']);
});

placing.run();
