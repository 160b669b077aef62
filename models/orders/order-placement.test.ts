import sinon from 'sinon';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer, aUser } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { aProduct, aServer } from '../../tests/support/inventory.js';
import { aPlacement } from '../../tests/support/orders.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { Customer } from '../accounts/customer.js';
import type { User } from '../accounts/user.js';
import { Invoice } from '../billing/invoice.js';
import type { Product } from '../catalogue/product.js';
import { findBreaches } from '../durable/invariants/all.js';
import { ProcessStart } from '../durable/process-start.js';
import { ServerLease } from '../servers/server-lease.js';
import { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Order } from './order.js';
import { placeOrder, SoldOut } from './order-placement.js';

const placing = suite('[CAT-02] [WFL-01] placing an order');
const at = new Date('2027-03-11T10:00Z');
let database: { close: () => Promise<void> };
let customer: Customer;
let user: User;
let product: Product;

placing.before(async () => {
  database = await openDatabase();
});
placing.before.each(async () => {
  customer = await aCustomer();
  user = await aUser(customer);
  product = await aProduct();
});
placing.after(async () => {
  await database.close();
});

function placement(differing = {}) {
  return aPlacement({ customer, user, product }, differing);
}

placing('writes order, service, lease, invoice, sentence, audit entry and promised process together', async () => {
  await aServer({ productId: product.id });
  const order = await placeOrder(await placement());

  assert.match(order.number, /^NQ-\d+$/);
  assert.equal(
    [order.status, order.netMinor, order.vatMinor, order.totalMinor],
    ['awaiting_payment', 158_00, 31_60, 189_60],
  );
  const invoice = await Invoice.query().findOne({ orderId: order.id }).withGraphFetched('lines').throwIfNotFound();
  assert.match(invoice.number, /^NQ-2027-\d{6}$/);
  assert.equal(
    invoice.lines.map(({ kind, netMinor, vatMinor }) => [kind, netMinor, vatMinor]),
    [
      ['recurring', 109_00, 21_80],
      ['setup', 49_00, 9_80],
    ],
  );
  const service = await Service.query().findOne({ customerId: customer.id }).throwIfNotFound();
  assert.equal([service.slug, service.status], ['web-4', 'ordered']);
  assert.ok(await ServerLease.query().modify('heldBy', service.id, at).first());
  assert.is(await ServerLease.query().modify('heldBy', service.id, new Date('2027-03-11T10:31Z')).first(), undefined);
  const [told] = await TimelineEntry.query().modify('about', 'order', order.id);
  assert.equal([told?.event, told?.values], ['order.placed', { who: user.name, terms: '12' }]);
  assert.ok(await AuditEntry.query().findOne({ action: 'order.placed', subjectId: order.number }));
  assert.ok(await ProcessStart.query().findById(`order:${order.id}`));
});

placing('makes one order of one form, however often it is sent', async () => {
  await aServer({ productId: product.id });
  await aServer({ productId: product.id });
  const form = await placement();
  const orders = await Promise.all([1, 2, 3, 4].map(() => placeOrder(form)));
  assert.is(new Set(orders.map(({ id }) => id)).size, 1);
  assert.is(await Order.query().where({ customerId: customer.id }).resultSize(), 1);
});

placing('does not show another customer’s order for their form token', async () => {
  await aServer({ productId: product.id });
  const theirs = await placement();
  await placeOrder(theirs);
  const other = await aCustomer();
  const stolen = { ...theirs, customer: other, user: await aUser(other) };
  assert.is(((await failureOf(placeOrder(stolen))) as Error).name, 'NotFoundError');
});

placing('gives the last machine to one of twenty, and leaves nothing of the other nineteen', async () => {
  await aServer({ productId: product.id });
  const forms = await Promise.all(Array.from({ length: 20 }, () => placement()));
  const outcomes = await Promise.allSettled(forms.map((form) => placeOrder(form)));
  const lost = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.is(lost.length, 19);
  assert.ok(lost.every(({ reason }) => reason instanceof SoldOut));
  assert.is(await Service.query().where({ customerId: customer.id }).resultSize(), 1);
  assert.equal(await findBreaches(Order.knex()), []);
});

placing('gives each of twenty who order at once a machine of their own, while there are so many', async () => {
  const { id: productId } = product;
  for (let machines = 0; machines < 20; machines++) await aServer({ productId });
  const everybody = await Promise.all(Array.from({ length: 20 }, () => aCustomer()));
  const forms = await Promise.all(
    everybody.map(async (buyer) => ({ ...(await placement()), customer: buyer, user: await aUser(buyer) })),
  );
  await Promise.all(forms.map((form) => placeOrder(form)));
  const leased = ServerLease.query().joinRelated('server').where({ productId }).distinct('serverId');
  assert.is(await leased.resultSize(), 20);
});

placing('takes a machine whose lease has run out', async () => {
  await aServer({ productId: product.id });
  await placeOrder(await placement());
  assert.instance(await failureOf(placeOrder(await placement({ placedAt: new Date('2027-03-11T10:29Z') }))), SoldOut);
  await placeOrder(await placement({ placedAt: new Date('2027-03-11T10:31Z') }));
});

placing('numbers the second service of one name', async () => {
  await aServer({ productId: product.id });
  await aServer({ productId: product.id });
  await Promise.all([placeOrder(await placement()), placeOrder(await placement())]);
  const slugs = await Service.query().where({ customerId: customer.id }).orderBy('slug');
  assert.equal(
    slugs.map(({ slug }) => slug),
    ['web-4', 'web-4-2'],
  );
});

placing('takes for a service no name that is part of another page’s address', async () => {
  await aServer({ productId: product.id });
  await placeOrder(await placement({ hostName: 'login.haut-jura.example' }));
  assert.is((await Service.query().findOne({ customerId: customer.id }))?.slug, 'login-2');
});

placing('is due on the customer’s own last day to pay, wherever they are', async () => {
  await customer.$query().patch({ timeZone: 'Pacific/Auckland' });
  await aServer({ productId: product.id });
  const { id } = await placeOrder(await placement({ placedAt: new Date('2027-03-11T20:00Z') }));
  assert.is((await Invoice.query().findOne({ orderId: id }))?.dueOn, '2027-03-19');
});

placing('gives its number back when it fails half-way', async () => {
  await aServer({ productId: product.id });
  const accept = sinon.stub(ProcessStart, 'accept').rejects(new Error('disk full'));
  assert.match(String(await failureOf(placeOrder(await placement()))), 'disk full');
  accept.restore();
  await placeOrder(await placement());
  assert.equal(await findBreaches(Order.knex()), []);
});

placing.run();
