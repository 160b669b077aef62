import type { DeclineKind } from '../../../rules/billing/declines.js';

/** The phrase `billing:declined.<words>` for what the bank said. Why a card is stopped is the bank's to tell, not ours. */
const words: Readonly<Record<string, string>> = {
  insufficient_funds: 'funds',
  card_velocity_exceeded: 'limit',
  withdrawal_count_limit_exceeded: 'limit',
  expired_card: 'expired',
  incorrect_cvc: 'cvc',
  invalid_cvc: 'cvc',
  processing_error: 'later',
  issuer_not_available: 'later',
  reenter_transaction: 'later',
  try_again_later: 'later',
  no_answer: 'noAnswer',
  no_card: 'noCard',
  authentication_required: 'authentication',
  payment_intent_authentication_failure: 'authenticationFailed',
};

const byKind: Readonly<Record<DeclineKind, string>> = {
  soft: 'soft',
  hard: 'hard',
  authentication_required: 'authentication',
};

export function declineWords(code: string | null, kind: DeclineKind | null): string {
  return words[code ?? ''] ?? byKind[kind ?? 'soft'];
}
