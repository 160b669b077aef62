/** A bank's refusal as Stripe tells it. https://docs.stripe.com/declines/codes */
export interface BankDecline {
  readonly code: string;
  readonly declineCode: string;
  readonly message: string;
  readonly advice: 'confirm_card_data' | 'do_not_try_again' | 'try_again_later' | null;
}

const DECLINED = 'Your card was declined.';

const known: Readonly<Record<string, Partial<BankDecline>>> = {
  authentication_required: {
    code: 'authentication_required',
    message: 'Your card was declined. This transaction requires authentication.',
  },
  card_velocity_exceeded: {
    message: 'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
    advice: 'try_again_later',
  },
  expired_card: { code: 'expired_card', message: 'Your card has expired.' },
  generic_decline: {},
  incorrect_cvc: { code: 'incorrect_cvc', message: "Your card's security code is incorrect." },
  insufficient_funds: { message: 'Your card has insufficient funds.', advice: 'try_again_later' },
  lost_card: { advice: 'do_not_try_again' },
  processing_error: {
    code: 'processing_error',
    message: 'An error occurred while processing your card. Try again in a little bit.',
    advice: 'try_again_later',
  },
  stolen_card: { advice: 'do_not_try_again' },
  test_mode_live_card: {
    message: 'Your card was declined. Your request was in test mode, but used a non test (live) card.',
  },
};

/** The full refusal behind a decline code; one that is not special is a plain `card_declined`. */
export function bankDecline(declineCode: string): BankDecline {
  return { code: 'card_declined', message: DECLINED, advice: null, ...known[declineCode], declineCode };
}
