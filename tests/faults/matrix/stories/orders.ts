import * as assert from 'uvu/assert';
import type { Customer } from '../../../../models/accounts/customer.js';
import { Invoice } from '../../../../models/billing/invoice.js';
import type { PaymentMethod } from '../../../../models/billing/payment-method.js';
import { Refund } from '../../../../models/billing/refund.js';
import type { Order } from '../../../../models/orders/order.js';
import { placeOrder } from '../../../../models/orders/order-placement.js';
import { Server } from '../../../../models/servers/server.js';
import { countHoldings } from '../../../../models/services/holdings.js';
import { Service } from '../../../../models/services/service.js';
import { order as contract } from '../../../../workflows/messages/order.js';
import { aCustomer, aUser } from '../../../support/builders.js';
import { aProduct, aServer } from '../../../support/inventory.js';
import { saveCard } from '../../../support/invoices.js';
import { aPlacement } from '../../../support/orders.js';
import type { House } from '../house/house.js';
import { assertPaidOnce, click, transfer } from './paying.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

export interface Ordered {
  readonly order: Order;
  readonly invoice: Invoice;
  readonly service: Service;
  readonly customer: Customer;
  readonly card: PaymentMethod;
}

const about = {
  process: 'order',
  features: ['BIL-05', 'WFL-01', 'WFL-06'],
  groups: ['F1', 'F13'],
  workflowId: ({ order }: Ordered) => contract.workflowId({ orderId: order.id }),
} as const;

/** The last machine of its kind fails while it waits to be paid. */
const paidTooLate: Story<Ordered> = {
  ...about,
  groups: ['F1', 'F16'],
  way: 'paid when no machine is left',
  steps: ['creditInvoice', 'refundPayments', 'giveBackReservation', 'sendOrderOutcome'],
  forStaff: ['refundPayments'],
  arrange: (house) => anOrderOfTheLast(house),
  async tell(house, ordered) {
    const { order, invoice, service, card, customer } = ordered;
    const subject = { orderId: order.id };
    await house.start(contract, subject);
    const [{ result, asked }] = await Promise.all([
      house.ended(contract, subject),
      house.clock.during(() => click(house, invoice.id, card)),
    ]);
    assert.equal(result, { status: 'refunded' });
    await assertPaidOnce(invoice.id);
    const refunds = await Refund.query().modify('of', invoice.id);
    assert.equal(
      refunds.map(({ status, amountMinor }) => [status, amountMinor]),
      [['succeeded', invoice.totalMinor]],
    );
    await assertNothingHeld(house, service);
    assertOneLetterEach(house, customer, 2);
    return told('paid back once, and nothing held', asked);
  },
};

const laidBeforeStaff: Story<Ordered> = {
  ...paidTooLate,
  features: ['STF-07', 'WFL-01'],
  groups: ['F1'],
  way: 'the refund is refused, and staff have it tried again',
  steps: ['openStaffTask', 'closeStaffTask'],
  forStaff: [],
  async arrange(house) {
    const ordered = await paidTooLate.arrange(house);
    house.refuseOnce(about.workflowId(ordered), 'refundPayments');
    return ordered;
  },
};

/** A part came by transfer, which nobody but staff can send back; the bank thinks about the card's part. */
const givenUpInPart: Story<Ordered> = {
  ...about,
  features: ['BIL-05', 'STF-07', 'WFL-01'],
  groups: ['F1'],
  way: 'staff give up the part of a refund that came by transfer',
  steps: ['lookUpRefunds'],
  forStaff: ['lookUpRefunds'],
  arrange: (house) => anOrderOfTheLast(house, '4000000000007726'),
  async tell(house, ordered) {
    const { order, invoice, service, card } = ordered;
    const subject = { orderId: order.id };
    await house.start(contract, subject);
    await transfer(house, invoice, { ...invoice.total, amountMinor: 10_00 });
    await click(house, invoice.id, card);
    await house.decide(contract.workflowId(subject), 'cancel');
    const { result, asked } = await house.ended(contract, subject);
    assert.equal(result, { status: 'refunded' });
    const refunds = await Refund.query().modify('of', invoice.id).orderBy('amountMinor');
    assert.equal(
      refunds.map(({ status, amountMinor }) => [status, amountMinor]),
      [
        ['requested', 10_00],
        ['succeeded', invoice.totalMinor - 10_00],
      ],
    );
    await assertNothingHeld(house, service);
    return told('the card’s part went back once, the transfer is left to staff', asked);
  },
};

const neverPaid: Story<Ordered> = {
  ...about,
  way: 'never paid',
  steps: ['voidInvoice'],
  arrange: (house) => anOrder(house),
  async tell(house, { order, invoice, service, customer }) {
    const subject = { orderId: order.id };
    await house.start(contract, subject);
    const { result, asked } = await house.ended(contract, subject);
    assert.equal(result, { status: 'expired' });
    assert.is((await Invoice.query().findById(invoice.id))?.status, 'void');
    await assertNothingHeld(house, service);
    assertOneLetterEach(house, customer, 2);
    return told('expired, nothing owed and nothing held', asked);
  },
};

export const orderCells = [
  ...[paidTooLate, laidBeforeStaff, givenUpInPart, neverPaid].flatMap(cellsOf),
  conflictCellOf(paidTooLate),
];

/** Placed now by a customer with a card, for the one machine there is of its product. */
export async function anOrder(house: House, cardNumber?: string): Promise<Ordered> {
  const customer = await aCustomer();
  const [user, product] = [await aUser(customer), await aProduct()];
  await aServer({ productId: product.id });
  const placedAt = await house.clock.now();
  const order = await placeOrder(await aPlacement({ customer, user, product }, { placedAt }));
  return { order, ...(await partsOf(house, order, customer, cardNumber)) };
}

/** The machine that is held for it fails before it is paid, and was the last one. */
export async function anOrderOfTheLast(house: House, cardNumber?: string): Promise<Ordered> {
  const ordered = await anOrder(house, cardNumber);
  const { id: serviceId } = ordered.service;
  await Server.query()
    .whereExists(Server.knex()('server_leases').whereRaw('server_id = servers.id').where({ serviceId }))
    .patch({ status: 'quarantined' });
  return ordered;
}

export async function partsOf(house: House, { id: orderId }: Order, customer: Customer, cardNumber?: string) {
  const { card } = await saveCard(house.simulator, customer, cardNumber);
  const invoice = await Invoice.query().findOne({ orderId }).throwIfNotFound();
  const line = Service.query().joinRelated('orderLine').where('orderLine.orderId', orderId);
  return { card, invoice, customer, service: await line.first().throwIfNotFound() };
}

async function assertNothingHeld(house: House, { id }: Service): Promise<void> {
  assert.is(await countHoldings(id, await house.clock.now()), 0);
  assert.is((await Service.query().findById(id))?.status, 'abandoned');
}

/** Mailboxes drop the second copy of an id: letters of two ids about one thing would be one too many. */
function assertOneLetterEach(house: House, { email }: Customer, letters: number): void {
  assert.is(house.mailbox.letters.filter(({ to }) => to === email).length, letters);
}
