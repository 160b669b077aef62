import { randomUUID } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import { Price } from '../../models/catalogue/price.js';
import { Product } from '../../models/catalogue/product.js';
import { Order } from '../../models/orders/order.js';
import { Server } from '../../models/servers/server.js';
import { testApp } from '../support/app.js';
import { aCustomer, aUser } from '../support/builders.js';
import { type DrawnProduct, drawnOrder, theDrawnProduct } from '../support/catalogue.js';
import { openDatabase } from '../support/database.js';
import { anInvoice } from '../support/invoices.js';
import { signedInVisitor } from '../support/signed-in.js';
import { stubbedProcesses } from '../support/stubbed-processes.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';
import { changesBetween, everyRow } from './rows.js';

const gate = suite('[CAT-02] [S4] an order that somebody tampers with');
const now = new Date('2026-11-21T13:10:05Z');
let database: { close: () => Promise<void> };
let guest: Visitor;
let processes: ReturnType<typeof stubbedProcesses>;
let buyer: Visitor;
let rival: Visitor;
let drawn: DrawnProduct;
let card: PaymentMethod;
let foreign: { readonly card: PaymentMethod; readonly invoice: Invoice };

gate.before(async () => {
  database = await openDatabase();
  processes = stubbedProcesses();
  guest = await visit(testApp({ processes, now: () => now, logError: () => {} }));
  const [customer, other] = [await aCustomer(), await aCustomer({ currency: 'UAH', country: 'UA' })];
  [buyer, rival] = [
    await signedInVisitor(guest, await aUser(customer)),
    await signedInVisitor(guest, await aUser(other)),
  ];
  drawn = await theDrawnProduct();
  await drawn.machine('memory/128', 'disks/1920');
  const details = { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
  card = await PaymentMethod.add(customer.id, { providerId: 'pm_own', ...details }, now);
  foreign = {
    card: await PaymentMethod.add(other.id, { providerId: 'pm_other', ...details }, now),
    invoice: await anInvoice(other),
  };
});
gate.after(async () => {
  await guest.leave();
  await database.close();
});

/** What the sending changed, and what it was answered. */
async function sent(address: string, fields: Fields | URLSearchParams, who = buyer) {
  const before = await everyRow();
  const { status } = await who.post(address, fields);
  return { status, changed: changesBetween(before, await everyRow()).map(({ table }) => table) };
}

const amounts = [
  '-1',
  '0',
  '-0',
  '1',
  '0.01',
  '1e-9',
  'NaN',
  'Infinity',
  '-Infinity',
  '99999999999999999999',
  '1e309',
  '0x1',
  '２',
  "1'--",
  '',
];
/** What a page would have to believe to sell cheaper. */
const priced = [
  'price',
  'amount',
  'total',
  'totalMinor',
  'recurringMinor',
  'setupMinor',
  'vatMinor',
  'vat',
  'discount',
  'coupon',
  'quantity',
  'currency',
  'credit',
];

gate('has the catalogue’s price whatever sum is quoted, or is not placed', async () => {
  for (const quotedTotal of [...amounts, '26039', '26040.0', ' 26040', '026040', '2.604e4']) {
    const { status, changed } = await sent('/orders', drawnOrder(drawn, { quotedTotal }));
    assert.equal([[409, 422].includes(status), changed], [true, []], `${quotedTotal}: ${status}`);
  }
});

gate('takes no price, quantity, discount or currency from a form', async () => {
  for (const name of priced) {
    for (const amount of amounts.slice(0, 4)) {
      assert.equal(await sent('/orders', drawnOrder(drawn, { [name]: amount })), { status: 422, changed: [] }, name);
    }
  }
});

const fields = ['period', 'option_memory', 'option_disks', 'option_addresses', 'option_system', 'terms'];

gate('takes nothing but what the page offers for a period, a choice or the terms', async () => {
  for (const field of fields) {
    for (const amount of [
      ...amounts,
      '3',
      '36',
      '-12',
      '128 ',
      '128\n',
      'constructor',
      '__proto__',
      'toString',
      '24',
      '%31',
      '128,192',
    ]) {
      const form = { ...drawnOrder(drawn), [field]: amount };
      if (drawnOrder(drawn)[field] === amount) continue;
      assert.equal(await sent('/orders', form), { status: 422, changed: [] }, `${field} ${amount}`);
    }
  }
});

gate('of a choice without a price for this period, or in this currency, is refused', async () => {
  const price = await Price.query()
    .findOne({ choiceId: drawn.choiceId('memory/128'), periodMonths: 1 })
    .throwIfNotFound();
  await price.$query().patch({ validFromOn: '2027-01-01' });
  assert.equal(await sent('/orders', drawnOrder(drawn)), { status: 422, changed: [] }, 'not sold yet');
  await price.$query().patch({ validFromOn: '2026-01-01' });
  assert.equal(await sent('/orders', drawnOrder(drawn), rival), { status: 422, changed: [] }, 'no price in UAH');
});

gate('of a product that is not listed any more, or has no price, is refused at each step', async () => {
  const retired = await theDrawnProduct({ listed: false });
  await retired.machine('memory/128', 'disks/1920');
  const unpriced = await theDrawnProduct();
  await unpriced.machine('memory/128', 'disks/1920');
  await Price.query().where({ productId: unpriced.product.id }).delete();
  for (const each of [retired, unpriced]) {
    assert.is((await buyer.get(`/catalogue/${each.product.slug}`)).status, 404);
    assert.is((await buyer.get(`/catalogue/${each.product.slug}?option_memory=128`)).status, 404);
    for (const preview of [{}, { preview: 'yes' }] as Fields[])
      assert.equal(await sent('/orders', drawnOrder(each, preview)), { status: 422, changed: [] });
  }
  for (const product of [
    drawn.product.id,
    `${drawn.product.slug}/`,
    drawn.product.slug.toUpperCase(),
    `${drawn.product.slug}\0`,
    '%',
    '_',
  ])
    assert.equal(await sent('/orders', drawnOrder(drawn, { product })), { status: 422, changed: [] }, product);
});

gate('with another product’s choice, or built of what no machine has, is refused', async () => {
  const other = await theDrawnProduct();
  await other.machine('memory/192', 'disks/3840');
  assert.equal(await sent('/orders', drawnOrder(drawn, { option_memory: '192' })), { status: 422, changed: [] });
  const id = other.choiceId('memory/192');
  assert.equal(await sent('/orders', drawnOrder(drawn, { option_memory: id })), { status: 422, changed: [] });
});

gate('names no machine itself: neither one of others, nor one that is leased, broken or not for sale', async () => {
  const server = await Server.query().first().throwIfNotFound();
  for (const name of ['server', 'serverId', 'server_id', 'machine', 'label', 'service', 'slug'])
    assert.equal(await sent('/orders', drawnOrder(drawn, { [name]: server.id })), { status: 422, changed: [] }, name);
  await Server.query().where({ productId: drawn.product.id }).patch({ status: 'quarantined' });
  assert.equal(await sent('/orders', drawnOrder(drawn)), { status: 422, changed: [] }, 'none is ready');
  await Server.query().where({ productId: drawn.product.id }).patch({ status: 'ready' });
});

gate('left out its steps: nothing is paid, resumed, cancelled or handed over that was not ordered', async () => {
  const addresses = [
    '/orders/NQ-99999',
    '/invoices/NQ-2026-999999/payment',
    '/invoices/NQ-2026-999999/payment/resumption',
  ];
  for (const address of addresses) {
    const { status, changed } = await sent(address, {
      card: card.id,
      ...(address.startsWith('/orders') && { _method: 'delete' }),
    });
    assert.equal([status, changed], [404, []], address);
  }
});

gate('placed, is paid by one’s own card, for the invoice’s own sum, and by nothing else', async () => {
  const { status } = await buyer.post('/orders', drawnOrder(drawn, { quotedTotal: '26040' }));
  assert.is(status, 303);
  const invoice = await Invoice.query().findOne({ totalMinor: 260_40 }).throwIfNotFound();
  const pay = `/invoices/${invoice.number}/payment`;
  processes.update.resetHistory();
  const shown = { amount: '1', credit: '5' }; // compared by the process, which charges the invoice's own or nothing
  const odd: Fields[] = [
    { card: foreign.card.id },
    { card: 'pm_own' },
    { card: randomUUID() },
    { card: '' },
    {},
    { card: card.id, setup: 'seti_1' },
    ...priced.filter((name) => !(name in shown)).map((name) => ({ card: card.id, [name]: '1' })),
    ...['-1', '1.5', '1e4', ''].flatMap((typed) =>
      Object.keys(shown).map((name) => ({ card: card.id, [name]: typed })),
    ),
    ...['invoice', 'invoiceId', 'attemptId', 'status', 'paid'].map((name) => ({
      card: card.id,
      [name]: foreign.invoice.id,
    })),
  ];
  for (const each of odd) {
    const answer = await sent(pay, each);
    assert.equal([answer.status, answer.changed], [422, []], JSON.stringify(each));
  }
  assert.is((await rival.post(pay, { card: foreign.card.id })).status, 404);
  assert.is((await buyer.post(`/invoices/${foreign.invoice.number}/payment`, { card: card.id })).status, 404);
  assert.is(processes.update.callCount, 0);
  assert.is(await PaymentAttempt.query().resultSize(), 0);
  await buyer.post(pay, { card: card.id, ...shown });
  const [, , , wish] = processes.update.lastCall.args;
  assert.equal(wish, { paymentMethodId: card.id, shown: { cardMinor: 1, creditMinor: 5 } });
});

gate(
  'holds five machines unpaid at most, also when twenty are asked for at once; a paid or cancelled one makes room',
  async () => {
    const customer = await aCustomer();
    const hoarder = await signedInVisitor(guest, await aUser(customer));
    const product = await theDrawnProduct();
    for (let count = 0; count < 8; count++) await product.machine('memory/128', 'disks/1920');
    const forms = Array.from({ length: 20 }, () => drawnOrder(product));
    const answers = await Promise.all(forms.map((form) => hoarder.post('/orders', form)));
    const refused = answers.find(({ status }) => status === 409);
    assert.equal(new Set(answers.map(({ status }) => status)), new Set([303, 409]));
    assert.match(refused?.body ?? '', '5 orders of yours wait for their payment');
    const placed = () => Order.query().where({ customerId: customer.id });
    assert.is(await placed().resultSize(), 5);
    const again = answers.findIndex(({ status }) => status === 303);
    const { location } = await hoarder.post('/orders', forms[again] ?? {});
    assert.is(location, answers[again]?.location, 'a form sent once more leads to its own order');
    const first = await placed().first().throwIfNotFound();
    await first.moveTo('cancelling', now);
    assert.is((await hoarder.post('/orders', drawnOrder(product))).status, 303);
    assert.is((await hoarder.post('/orders', drawnOrder(product))).status, 409);
  },
);

gate('paid or void already, asks nobody for money', async () => {
  const invoice = await Invoice.query().findOne({ totalMinor: 260_40 }).throwIfNotFound();
  for (const status of ['void', 'paid'] as const) {
    await invoice.$query().patch(status === 'paid' ? { status, paidAt: now } : { status });
    processes.update.resetHistory();
    for (const path of ['payment', 'payment/resumption'])
      await buyer.post(`/invoices/${invoice.number}/${path}`, { card: card.id });
    assert.is(processes.update.callCount, 0, status);
    await invoice.$query().patch({ status: 'open', paidAt: null });
  }
  assert.is(
    await Order.query()
      .where({ id: invoice.orderId ?? '' })
      .resultSize(),
    1,
  );
  assert.is((await Product.query().findById(drawn.product.id))?.listed, true);
});

gate.run();
