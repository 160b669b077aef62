import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createStripePayments } from './stripe.js';

const page = suite('[BIL-04] what a page needs for card entry');
const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecret: 'whsec_1' };

page('[BIL-04] with Stripe itself, the origins that Stripe names and no others', () => {
  const { cardPage } = createStripePayments({ ...keys, scriptUrl: 'https://js.stripe.com/v3/' });
  assert.equal([...cardPage.origins].sort(), [
    'https://*.js.stripe.com',
    'https://api.stripe.com',
    'https://hooks.stripe.com',
    'https://js.stripe.com',
  ]);
  assert.is(cardPage.publishableKey, 'pk_test_1');
});

page('[BIL-04] with somebody who plays Stripe, just theirs', () => {
  const scriptUrl = 'http://127.0.0.1:3001/v3/';
  const { cardPage } = createStripePayments({ ...keys, scriptUrl, apiUrl: 'http://127.0.0.1:3001' });
  assert.equal(cardPage.origins, ['http://127.0.0.1:3001']);
});

page.run();
