/** `soft`: the same card may do later. `hard`: only another card will. `authentication_required`: the customer must answer the bank. */
export type DeclineKind = 'soft' | 'hard' | 'authentication_required';

/** What came back with a refusal: its class, the issuer's reason, and the issuer's advice where it gave one. */
export interface Decline {
  readonly code: string | null;
  readonly reason: string | null;
  readonly advice: string | null;
}

const authentication: ReadonlySet<string> = new Set([
  'authentication_required',
  'authentication_not_handled',
  'payment_intent_authentication_failure',
  'setup_intent_authentication_failure',
]);

/** Asked again, each of these is a fee from the card networks at best: the card is gone, wrong, or may not do this. */
const hard: ReadonlySet<string> = new Set([
  'card_not_supported',
  'currency_not_supported',
  'do_not_try_again',
  'expired_card',
  'fraudulent',
  'highest_risk_level',
  'incorrect_address',
  'incorrect_cvc',
  'incorrect_number',
  'incorrect_pin',
  'incorrect_zip',
  'invalid_account',
  'invalid_cvc',
  'invalid_expiry_month',
  'invalid_expiry_year',
  'invalid_number',
  'invalid_pin',
  'live_mode_test_card',
  'lost_card',
  'merchant_blacklist',
  'new_account_information_available',
  'not_permitted',
  'offline_pin_required',
  'online_or_offline_pin_required',
  'pickup_card',
  'pin_try_exceeded',
  'restricted_card',
  'revocation_of_all_authorizations',
  'revocation_of_authorization',
  'security_violation',
  'service_not_allowed',
  'stolen_card',
  'stop_payment_order',
  'test_mode_live_card',
  'testmode_decline',
  'transaction_not_allowed',
]);

/** Merchant advice of the networks, as https://docs.stripe.com/declines/card#retrying-issuer-declines passes it on. */
const adviceAgainst: ReadonlySet<string> = new Set(['do_not_try_again', 'confirm_card_data']);

/**
 * Sorts a refusal by https://docs.stripe.com/declines/codes. A reason that nobody listed is soft, as are the catch-alls
 * `generic_decline` and `do_not_honor`: the schedule of retries is bounded anyway, a lost customer is not.
 */
export function declineKind({ code, reason, advice }: Decline): DeclineKind {
  const words = [reason, code].filter((word) => word !== null);
  if (words.some((word) => authentication.has(word))) return 'authentication_required';
  if (words.some((word) => hard.has(word))) return 'hard';
  return advice !== null && adviceAgainst.has(advice) ? 'hard' : 'soft';
}
