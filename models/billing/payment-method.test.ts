import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { PaymentMethod } from './payment-method.js';

const keeping = suite('[BIL-04] keeping saved cards');
let database: { close: () => Promise<void> };

keeping.before(async () => {
  database = await openDatabase();
});
keeping.after(async () => {
  await database.close();
});

keeping('keeps a card once when it is reported by two pages at the same moment', async () => {
  const { id } = await aCustomer();
  const card = { providerId: `pm_${id}`, brand: 'visa', last4: '4242', expMonth: 12, expYear: 2030 };
  const kept = await Promise.all([1, 2, 3].map(() => PaymentMethod.add(id, card, new Date('2026-11-22'))));
  assert.is(new Set(kept.map((each) => each.id)).size, 1);
  assert.is(await PaymentMethod.query().where({ customerId: id }).resultSize(), 1);
});

keeping.run();
