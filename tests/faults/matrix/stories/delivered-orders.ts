import * as assert from 'uvu/assert';
import { Order } from '../../../../models/orders/order.js';
import { placeOrder } from '../../../../models/orders/order-placement.js';
import { order as contract } from '../../../../workflows/messages/order.js';
import { aCustomer, aUser } from '../../../support/builders.js';
import { aPlacement } from '../../../support/orders.js';
import type { House } from '../house/house.js';
import { assertHandedOver } from './machines.js';
import { type Ordered, partsOf } from './orders.js';
import { assertPaidOnce, click } from './paying.js';
import { cellsOf, type Story, told } from './story.js';

const MINUTE = 60_000;

const delivered: Story<Ordered> = {
  process: 'order',
  way: 'from the click to the running server',
  features: ['BIL-05', 'WFL-01', 'WFL-03', 'WFL-06'],
  groups: ['F1', 'F13'],
  steps: ['beginOrder', 'enterStep', 'sendOrderConfirmation', 'leaveStep', 'recordOrderStatus'],
  workflowId: ({ order }) => contract.workflowId({ orderId: order.id }),
  arrange: anOrderOfHardware,
  async tell(house, { order, invoice, service, customer, card }) {
    const subject = { orderId: order.id };
    await house.start(contract, subject);
    const [{ result, asked }] = await Promise.all([
      house.ended(contract, subject),
      house.clock.during(() => click(house, invoice.id, card)),
    ]);
    assert.equal(result, { status: 'active' });
    await assertPaidOnce(invoice.id);
    assert.is((await Order.query().findById(order.id))?.status, 'active');
    assert.is(house.mailbox.letters.filter(({ to }) => to === customer.email).length, 2);
    return told(`paid once, and ${await assertHandedOver(house, service)}`, asked);
  },
};

export const deliveredOrderCells = cellsOf(delivered);

/** Placed a minute ago by a customer with a card, for one of the pretend machines. */
export async function anOrderOfHardware(house: House): Promise<Ordered> {
  const customer = await aCustomer();
  const { product } = house.workshop;
  const user = await aUser(customer);
  const placedAt = new Date(Date.now() - MINUTE);
  const order = await placeOrder(await aPlacement({ customer, user, product }, { placedAt }));
  return { order, ...(await partsOf(house, order, customer)) };
}
