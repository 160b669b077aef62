import type { Account } from '../account.js';
import type { Api } from '../api/api.js';
import { invalidRequest, noSuch } from '../api/failures.js';
import { page, paging } from '../api/lists.js';
import { billingDetails, cardData, papers, parameters, text } from '../api/parameters.js';
import { savingVerdict } from '../cards/bank.js';
import { cardOfToken, enteredCard } from '../cards/card-entry.js';
import { type TestCard, testCard } from '../cards/test-cards.js';
import type { PaymentMethod } from '../state/objects.js';
import { customerOf } from './customers.js';
import { declinedFailure } from './refusals.js';

export function paymentMethodRoutes(api: Api, account: Account): void {
  const creation = parameters(cardData.shape);
  api.on('POST', '/payment_methods', creation, (given) => enteredCard(account, given), { forPages: true });

  const listing = parameters({ ...paging, customer: text.optional(), type: text.optional() });
  api.on('GET', '/payment_methods', listing, ({ customer = '', ...at }) =>
    page('/v1/payment_methods', account.paymentMethods, at, { where: { customer } }),
  );

  api.on('GET', '/payment_methods/:id', parameters({}), (_, { id }) => cardNamed(account, id));

  const changes = parameters({ billing_details: billingDetails.optional(), metadata: papers.optional() });
  api.on('POST', '/payment_methods/:id', changes, ({ billing_details, metadata }, { id }) => {
    const before = cardNamed(account, id);
    const details = { ...before.billing_details, ...billing_details } as PaymentMethod['billing_details'];
    return account.paymentMethods.put({
      ...before,
      billing_details: details,
      metadata: { ...before.metadata, ...metadata },
    });
  });

  api.on('POST', '/payment_methods/:id/attach', parameters({ customer: text }), ({ customer }, { id }) => {
    const method = usableCard(account, id, null);
    const verdict = savingVerdict(testCardOf(account, method), true);
    if (verdict.answer === 'decline') throw declinedFailure(verdict.decline, { payment_method: method });
    return attached(account, method, customerOf(account, customer, 'customer').id);
  });

  api.on('POST', '/payment_methods/:id/detach', parameters({}), (_, { id }) => {
    const method = cardNamed(account, id);
    if (method.customer === null) {
      throw invalidRequest(
        'The payment method you provided is not attached to a customer so detachment is impossible.',
      );
    }
    const detached = account.paymentMethods.put({ ...method, customer: null });
    const vaulted = account.vault.get(id);
    if (vaulted) account.vault.put({ ...vaulted, detached: true });
    account.tell('payment_method.detached', detached);
    return detached;
  });
}

export function attached(account: Account, method: PaymentMethod, customer: string): PaymentMethod {
  if (method.customer === customer) return method;
  const saved = account.paymentMethods.put({ ...method, customer });
  account.tell('payment_method.attached', saved);
  return saved;
}

/** A card by its id, or a new one by a test token. */
export function cardNamed(account: Account, id: string, param?: string): PaymentMethod {
  if (id.startsWith('pm_card_')) return cardOfToken(account, id);
  const method = account.paymentMethods.get(id);
  if (!method) throw noSuch('PaymentMethod', id, param, param === undefined ? 404 : 400);
  return method;
}

const USED_UP =
  'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.';

/** A card that this customer may be charged with: theirs, or new and nobody's. */
export function usableCard(account: Account, id: string, customer: string | null): PaymentMethod {
  const method = cardNamed(account, id, 'payment_method');
  if (account.vault.get(method.id)?.detached) throw invalidRequest(USED_UP, { param: 'payment_method' });
  if (method.customer === null || method.customer === customer) return method;
  const message =
    customer === null
      ? 'The provided PaymentMethod cannot be used without its customer, or is attached to another one already.'
      : `The customer does not have a payment method with the ID ${id}. The payment method must be attached to the customer.`;
  throw invalidRequest(message, { code: 'resource_missing', param: 'payment_method' });
}

/** The published card behind a payment method, whether or not it is still attached. */
export function testCardOfId(account: Account, id: string): TestCard | undefined {
  return testCard(account.vault.get(id)?.number ?? '');
}

export function testCardOf(account: Account, { id }: PaymentMethod): TestCard {
  const card = testCardOfId(account, id);
  if (!card) throw new Error(`${id} is no test card`);
  return card;
}
