import { randomBytes } from 'node:crypto';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOrder } from '../../../models/orders/order-placement.js';
import { Installation } from '../../../models/servers/installation.js';
import { Service } from '../../../models/services/service.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aProduct, aServer } from '../../../tests/support/inventory.js';
import { aPlacement } from '../../../tests/support/orders.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const netboot = suite('[SVC-10] who is told how to install');
let database: { close: () => Promise<void> };
let visitor: Visitor;
let address: string;

netboot.before(async () => {
  database = await openDatabase();
  visitor = await visit(testApp({ trustedProxies: 'loopback' }));
  const [customer, product] = [await aCustomer(), await aProduct()];
  const { id: serverId, mac, serial } = await aServer({ productId: product.id });
  const order = await placeOrder(await aPlacement({ customer, user: await aUser(customer), product }));
  const { id: serviceId } = await Service.query().findOne({ customerId: order.customerId }).throwIfNotFound();
  const opened = { status: 'waiting', createdAt: new Date(), tokenHash: randomBytes(32) } as const;
  await Installation.query().insert({ serviceId, serverId, ...opened });
  address = `/netboot/boot.ipxe?${new URLSearchParams({ mac, serial, uuid: 'u' })}`;
});
netboot.after(async () => {
  await visitor.leave();
  await database.close();
});

netboot('a machine of the inner network is', async () => {
  assert.match((await visitor.get(address, { 'X-Forwarded-For': '10.20.0.7' })).body, 'qm.token=');
});

netboot('somebody who knows its serial number, but asks from elsewhere, is not', async () => {
  const { status, body } = await visitor.get(address, { 'X-Forwarded-For': '203.0.113.9' });
  assert.is(status, 200);
  assert.not.match(body, 'qm.token=');
});

netboot.run();
