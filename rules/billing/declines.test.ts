import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Decline, type DeclineKind, declineKind } from './declines.js';

const declines = suite('[BIL-05] declines');

const declined = (reason: string): Decline => ({ code: 'card_declined', reason, advice: null });

const sorted: Readonly<Record<DeclineKind, readonly string[]>> = {
  soft: [
    'approve_with_id',
    'call_issuer',
    'card_velocity_exceeded',
    'do_not_honor',
    'generic_decline',
    'insufficient_funds',
    'issuer_not_available',
    'no_action_taken',
    'processing_error',
    'reenter_transaction',
    'try_again_later',
    'withdrawal_count_limit_exceeded',
  ],
  hard: ['fraudulent', 'lost_card', 'pickup_card', 'revocation_of_all_authorizations', 'stolen_card'],
  authentication_required: ['authentication_required', 'authentication_not_handled'],
};

for (const [kind, reasons] of Object.entries(sorted)) {
  for (const reason of reasons) {
    declines(`[BIL-05] ${reason} is ${kind}`, () => assert.is(declineKind(declined(reason)), kind));
  }
}

declines('[BIL-05] a refusal whose code alone says why is sorted by it', () => {
  assert.is(declineKind({ code: 'expired_card', reason: null, advice: null }), 'hard');
  assert.is(
    declineKind({ code: 'payment_intent_authentication_failure', reason: null, advice: null }),
    'authentication_required',
  );
});

declines('[BIL-05] the issuer may advise against another try of a soft reason, never for one of a hard reason', () => {
  assert.is(declineKind({ ...declined('generic_decline'), advice: 'do_not_try_again' }), 'hard');
  assert.is(declineKind({ ...declined('do_not_honor'), advice: 'confirm_card_data' }), 'hard');
  assert.is(declineKind({ ...declined('lost_card'), advice: 'try_again_later' }), 'hard');
});

declines('[BIL-05] a reason that nobody listed is tried again', () => {
  assert.is(declineKind(declined('brand_new_reason')), 'soft');
  assert.is(declineKind({ code: null, reason: null, advice: null }), 'soft');
});

declines.run();
