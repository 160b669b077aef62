import * as assert from 'uvu/assert';
import { Refund } from '../../../models/billing/refund.js';
import { Order } from '../../../models/orders/order.js';
import { order as orderContract } from '../../../workflows/messages/order.js';
import { refundReturn } from '../../../workflows/messages/refund-return.js';
import type { House } from '../../faults/matrix/house/house.js';
import { anOrderOfTheLast, type Ordered } from '../../faults/matrix/stories/orders.js';
import { click, transfer } from '../../faults/matrix/stories/paying.js';
import { aReturnedRefund } from '../../faults/matrix/stories/refund-returns.js';
import { faultsOf } from '../../support/looking.js';
import { press } from '../../support/pressing.js';
import type { StaffDesk } from '../../support/staff-desk.js';
import { isOver, openTask, rescue } from './rescue.js';

export const refundRescues = [
  rescue({
    name: '[BIL-05] the provider refuses a refund twice; tried again, the money goes back once',
    reads: [
      /did not take the refund/,
      /€189\.60 stay owed to the customer/,
      /No server is delivered any more/,
      /what you paid goes back to you/,
    ],
    decided: [
      ['refundPayments', 'retry'],
      ['refundPayments', 'retry'],
    ],
    begin: (house) => paidByCard(house, 2),
    end: (_, ordered) => assertClosed(ordered, 'succeeded'),
  }),
  rescue({
    name: '[BIL-05] a refund is given up: the order closes, and what is owed stays on record',
    decided: [['refundPayments', 'cancel']],
    begin: (house) => paidByCard(house, 1),
    end: (_, ordered) => assertClosed(ordered, 'requested'),
  }),
  rescue({
    name: '[BIL-05] what came by transfer goes back by hand, however often the provider is asked',
    reads: [/The money came by bank transfer/, /€189\.60 came by transfer/],
    decided: [
      ['refundPayments', 'retry'],
      ['refundPayments', 'cancel'],
    ],
    begin: paidByTransfer,
    end: (_, ordered) => assertClosed(ordered, 'requested'),
  }),
  rescue({
    name: '[BIL-05] a refund that the bank sent back is sent once more',
    reads: [/would not have it/, /€260\.40 stay owed to the customer/],
    decided: [['returnedRefund', 'retry']],
    begin: sentBack,
    end: (_, { invoiceId }) => assertRefunds(invoiceId, ['returned', 'succeeded']),
  }),
  rescue({
    name: '[BIL-05] a refund that the bank sent back is given up, and owed',
    decided: [['returnedRefund', 'cancel']],
    begin: sentBack,
    async end(_, { invoiceId, refundId }) {
      await assertRefunds(invoiceId, ['returned']);
      assert.ok((await Refund.query().findById(refundId))?.returnClosedAt);
    },
  }),
];

/** Sent from the shop's bank, and written down on the invoice's page: the order that asked staff needs no other answer. */
export async function sentByHand(house: House, desk: StaffDesk): Promise<void> {
  const ordered = await paidByTransfer(house);
  const { workflowId } = ordered;
  await house.clock.during(async () => {
    await desk.open(await house.clock.until('staff are asked', () => openTask(workflowId)));
    await writeDown(desk, 'SEPA 77');
    await house.clock.until(`${workflowId} ends`, () => isOver(house, workflowId));
  });
  await assertClosed(ordered, 'succeeded');
}

/** Of a refund that the bank sent back and staff gave up: the next round is the transfer. */
export async function sentByHandLater(house: House, desk: StaffDesk): Promise<void> {
  const returned = await sentBack(house);
  await house.clock.during(async () => {
    await desk.open(await house.clock.until('staff are asked', () => openTask(returned.workflowId)));
    await desk.decide('cancel', 'the card is closed');
    await house.clock.until('it is given up', () => isOver(house, returned.workflowId));
    await writeDown(desk, 'SEPA 78');
  });
  await assertRefunds(returned.invoiceId, ['returned', 'succeeded']);
}

async function writeDown({ page }: StaffDesk, reference: string): Promise<void> {
  await press(page, 'a[href^="/staff/invoices/"]');
  assert.equal(await faultsOf(page), []);
  const form = 'form[action$="/transfer"]';
  await press(page, `${form} button[type=submit]`);
  assert.match(await page.innerText(form), 'Type the reference');
  await page.fill('[name=reference]', reference);
  await press(page, `${form} button[type=submit]`);
  assert.match(await page.innerText('main'), `were sent back by bank transfer (${reference})`);
  assert.is(await page.locator(form).count(), 0);
}

async function paidByCard(house: House, refusals: number) {
  const ordered = await begun(house);
  for (let call = 0; call < refusals; call++) house.refuseOnce(ordered.workflowId, 'refundPayments', call);
  await house.clock.during(() => click(house, ordered.invoice.id, ordered.card));
  return ordered;
}

async function paidByTransfer(house: House) {
  const ordered = await begun(house);
  await transfer(house, ordered.invoice, ordered.invoice.total);
  return ordered;
}

/** Waits to be paid; then none is left to deliver. */
async function begun(house: House) {
  const ordered = await anOrderOfTheLast(house);
  const subject = { orderId: ordered.order.id };
  await house.start(orderContract, subject);
  return { ...ordered, workflowId: orderContract.workflowId(subject) };
}

async function sentBack(house: House) {
  const returned = await aReturnedRefund(house);
  await house.start(refundReturn, returned);
  return { ...returned, workflowId: refundReturn.workflowId(returned) };
}

async function assertClosed({ order, invoice }: Ordered, refund: Refund['status']): Promise<void> {
  assert.is((await Order.query().findById(order.id))?.status, 'refunded');
  await assertRefunds(invoice.id, [refund]);
}

async function assertRefunds(invoiceId: string, statuses: readonly Refund['status'][]): Promise<void> {
  const refunds = await Refund.query().modify('of', invoiceId).orderBy('round');
  assert.equal(
    refunds.map(({ status }) => status),
    statuses,
  );
}
