import type { Account } from '../account.js';
import { unexpectedState } from '../api/failures.js';
import { savingVerdict } from '../cards/bank.js';
import type { BankDecline } from '../cards/declines.js';
import type { PaymentMethod, SetupIntent } from '../state/objects.js';
import { challengeOf } from './intents.js';
import { attached, testCardOf, usableCard } from './payment-methods.js';
import { cardError, declinedFailure } from './refusals.js';

export interface SetupConfirmation {
  readonly card: string;
  readonly origin: string;
  readonly inDialog: boolean;
  readonly returnUrl?: string;
}

/** Saves a card for later, when its bank agrees. */
export function confirmedSetup(account: Account, before: SetupIntent, how: SetupConfirmation): SetupIntent {
  const method = usableCard(account, how.card, before.customer);
  const setup = { ...before, payment_method: method.id };
  const verdict = savingVerdict(testCardOf(account, method), false);
  if (verdict.answer === 'decline') return declinedSetup(account, setup, method, verdict.decline);
  if (verdict.answer === 'approve') return savedSetup(account, setup, method, false);

  const next_action = challengeOf(setup, how.origin, how);
  const waiting = account.setupIntents.put({
    ...setup,
    status: 'requires_action',
    next_action,
    last_setup_error: null,
  });
  account.tell('setup_intent.requires_action', waiting);
  return waiting;
}

const UNANSWERED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** The customer answered the bank's question: the card is saved, or not. */
export function answeredSetup(account: Account, before: SetupIntent, confirmed: boolean): SetupIntent {
  if (before.status !== 'requires_action') throw unexpectedState('setup', before.status, 'authenticate');
  const method = usableCard(account, String(before.payment_method), before.customer);
  if (confirmed) return savedSetup(account, before, method, true);
  const code = 'setup_intent_authentication_failure';
  const error = { type: 'invalid_request_error', code, message: UNANSWERED, payment_method: method };
  return failedSetup(account, before, error);
}

function savedSetup(account: Account, setup: SetupIntent, method: PaymentMethod, authenticated: boolean): SetupIntent {
  const vaulted = account.vault.get(method.id);
  if (authenticated && vaulted) account.vault.put({ ...vaulted, authenticatedAtSaving: true });
  if (setup.customer !== null) attached(account, method, setup.customer);
  const saved = { ...setup, status: 'succeeded', next_action: null, last_setup_error: null } as const;
  account.tell('setup_intent.succeeded', account.setupIntents.put(saved));
  return saved;
}

function declinedSetup(account: Account, setup: SetupIntent, method: PaymentMethod, decline: BankDecline): never {
  const failed = failedSetup(account, setup, { ...cardError(decline), payment_method: method });
  throw declinedFailure(decline, { payment_method: method, setup_intent: failed });
}

function failedSetup(account: Account, setup: SetupIntent, error: object): SetupIntent {
  const failed = account.setupIntents.put({
    ...setup,
    status: 'requires_payment_method',
    payment_method: null,
    next_action: null,
    last_setup_error: { ...error },
  });
  account.tell('setup_intent.setup_failed', failed);
  return failed;
}
