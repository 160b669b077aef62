import type { CardPage } from '../../../gateways/payments/payments.js';

/** What the page's script needs to take a card; the secret is for this page alone. */
export interface CardEntry extends Pick<CardPage, 'publishableKey' | 'scriptUrl'> {
  readonly setupId: string;
  readonly clientSecret: string;
}
