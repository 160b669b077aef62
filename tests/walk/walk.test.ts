import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { walk } from './walk.js';

const ORDERS = 16;
const walks = suite('[BIL-05] [WFL-01] [WFL-06] a random walk');

walks('leaves the books in order, every order at its end, and all of them to be seen', async () => {
  const { placed, states, broken } = await walk({ orders: ORDERS, seed: 'every day the same', say: () => {} });
  assert.equal(broken, []);
  assert.is(placed, ORDERS);
  assert.is(
    Object.values(states).reduce((sum, count) => sum + count, 0),
    ORDERS,
  );
  assert.ok((states.active ?? 0) > ORDERS / 3, `${JSON.stringify(states)}: most are delivered`);
});

walks.run();
