import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard } from '../../tests/support/failed-payments.js';
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

const at = new Date('2026-11-22');
const left = async (customerId: string) =>
  (await PaymentMethod.query().where({ customerId }).modify('usable')).map(({ last4, isDefault }) => [
    last4,
    isDefault,
  ]);

async function twoCards() {
  const customer = await aCustomer();
  const [first, second] = [await aCard(customer, '1111'), await aCard(customer, '2222')];
  return { customerId: customer.id, first, second };
}

keeping('has a usual card left when the usual one goes, also where it became that in another tab', async () => {
  const { customerId, second } = await twoCards();
  await (await second.$query()).makeDefault();
  await second.remove(at); // as it was read before
  assert.equal(await left(customerId), [['1111', true]]);
});

keeping('keeps the usual card where another tab has just removed the one that was to be', async () => {
  const { customerId, second } = await twoCards();
  await (await second.$query()).remove(at);
  await second.makeDefault();
  assert.equal(await left(customerId), [['1111', true]]);
});

keeping.run();
