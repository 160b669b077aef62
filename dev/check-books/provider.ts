import type { Payments } from '../../gateways/payments/payments.js';
import { createStripePayments } from '../../gateways/payments/stripe.js';

export interface ListAccess {
  readonly secretKey: string;
  readonly apiUrl: string | undefined;
}

/** Stripe, for reading its list alone: no page is drawn with it, and it gets no calls. */
export function listOfStripe({ secretKey, apiUrl }: ListAccess): Pick<Payments, 'movements'> {
  const pages = { publishableKey: '', webhookSecret: '', scriptUrl: 'https://js.stripe.com/v3/' };
  return createStripePayments({ secretKey, ...(apiUrl && { apiUrl }), ...pages });
}
