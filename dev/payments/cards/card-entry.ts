import { createHash } from 'node:crypto';
import type { Account } from '../account.js';
import { ApiFailure, docUrl, invalidRequest, noSuch } from '../api/failures.js';
import type { CardData } from '../api/parameters.js';
import { newId } from '../ids.js';
import { brandOf, cvcFault, expiryFault, numberFault } from '../page/assets/card-numbers.js';
import type { PaymentMethod } from '../state/objects.js';
import { bankDecline } from './declines.js';
import { type TestCard, testCard, testCardOfToken } from './test-cards.js';

/** Makes a payment method of what a page or a test gives; only published test cards are taken, and no other number is kept. */
export function enteredCard(account: Account, data: CardData): PaymentMethod {
  const { number, exp_month, exp_year, cvc, token } = data.card;
  if (token !== undefined) return cardOfToken(account, token.replace(/^tok_/, 'pm_card_'));
  if (number === undefined) throw missing('number');
  if (exp_month === undefined) throw missing('exp_month');
  if (exp_year === undefined) throw missing('exp_year');

  const digits = number.replace(/[\s-]/g, '');
  const year = exp_year < 100 ? 2000 + exp_year : exp_year;
  refuse(numberFault(digits), 'number');
  const expiry = expiryFault(exp_month, year, account.today());
  refuse(expiry, expiry === 'invalid_expiry_month' ? 'exp_month' : 'exp_year');
  if (cvc !== undefined) refuse(cvcFault(cvc, digits), 'cvc');
  const card = testCard(digits);
  if (!card) throw cardFailure(bankDecline('test_mode_live_card'));
  return madeOf(account, card, { month: exp_month, year, cvcGiven: cvc !== undefined }, data);
}

/** `pm_card_visa`: a new card each time it is named. */
export function cardOfToken(account: Account, token: string): PaymentMethod {
  const card = testCardOfToken(token);
  if (!card) throw noSuch('PaymentMethod', token, 'payment_method', 400);
  const year = account.today().getUTCFullYear() + 1;
  return madeOf(account, card, { month: 12, year, cvcGiven: true }, {});
}

interface Given {
  readonly month: number;
  readonly year: number;
  readonly cvcGiven: boolean;
}

function madeOf(account: Account, card: TestCard, given: Given, data: Partial<CardData>): PaymentMethod {
  const id = newId('pm');
  const { address = null, email = null, name = null, phone = null } = data.billing_details ?? {};
  account.vault.put({ id, number: card.number, authenticatedAtSaving: false, detached: false });
  return account.paymentMethods.put({
    id,
    object: 'payment_method',
    allow_redisplay: 'unspecified',
    billing_details: { address: address && { ...emptyAddress, ...address }, email, name, phone, tax_id: null },
    card: detailsOf(card, given),
    created: account.now(),
    customer: null,
    livemode: false,
    metadata: data.metadata ?? {},
    type: 'card',
  });
}

const emptyAddress = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };

function detailsOf(card: TestCard, { month, year, cvcGiven }: Given): PaymentMethod['card'] {
  const { brand } = brandOf(card.number);
  return {
    brand,
    checks: {
      address_line1_check: null,
      address_postal_code_check: null,
      cvc_check: cvcGiven ? (card.cvcCheck ?? 'pass') : null,
    },
    country: card.country ?? 'US',
    display_brand: brand,
    exp_month: month,
    exp_year: year,
    fingerprint: createHash('sha256').update(card.number).digest('hex').slice(0, 16),
    funding: card.funding ?? 'credit',
    generated_from: null,
    last4: card.number.slice(-4),
    networks: { available: [brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: brand !== 'unionpay' },
    wallet: null,
  };
}

const messages: Readonly<Record<string, string>> = {
  incomplete_number: 'Your card number is incomplete.',
  incorrect_number: 'Your card number is incorrect.',
  invalid_expiry_month: "Your card's expiration month is invalid.",
  invalid_expiry_year: "Your card's expiration year is invalid.",
  incomplete_cvc: "Your card's security code is incomplete.",
  invalid_cvc: "Your card's security code is invalid.",
};

function refuse(fault: string | undefined, param: string): void {
  if (fault === undefined) return;
  const message = messages[fault] ?? 'Your card is invalid.';
  throw new ApiFailure(402, { type: 'card_error', code: fault, doc_url: docUrl(fault), message, param });
}

function cardFailure({ code, declineCode, message }: ReturnType<typeof bankDecline>): ApiFailure {
  return new ApiFailure(402, { type: 'card_error', code, decline_code: declineCode, doc_url: docUrl(code), message });
}

function missing(param: string): ApiFailure {
  return invalidRequest(`Missing required param: card[${param}].`, {
    code: 'parameter_missing',
    param: `card[${param}]`,
  });
}
