import type { Payments } from '../../gateways/payments/payments.js';
import { createStripePayments } from '../../gateways/payments/stripe.js';

/** A card provider that nobody reaches: its pages can be drawn, its calls fail as those of one that is away. */
export function stubbedPayments(): Payments {
  const nowhere = 'http://127.0.0.1:1';
  const keys = { secretKey: 'sk_test_nobody', publishableKey: 'pk_test_nobody', webhookSecret: 'whsec_nobody' };
  return createStripePayments({ ...keys, apiUrl: nowhere, scriptUrl: `${nowhere}/v3/`, patienceMs: 500 });
}
