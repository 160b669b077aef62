import Stripe from 'stripe';
import { PaymentsRefused, PaymentsUnavailable, WebhookNotGenuine } from './payments.js';

const { errors } = Stripe;

/** What Stripe understood and declined to do; whatever else comes from it leaves open whether it acted. */
const refusals = [
  errors.StripeCardError,
  errors.StripeInvalidRequestError,
  errors.StripeIdempotencyError,
  errors.StripeAuthenticationError,
  errors.StripePermissionError,
];

/** Runs one call to Stripe and sorts what it throws. https://docs.stripe.com/error-handling */
export async function sorting<Answer>(call: Promise<Answer>): Promise<Answer> {
  try {
    return await call;
  } catch (error) {
    throw sorted(error);
  }
}

/** The same for a list that is read page after page. */
export async function* sortingEach<Item>(listed: AsyncIterable<Item>): AsyncGenerator<Item> {
  try {
    yield* listed;
  } catch (error) {
    throw sorted(error);
  }
}

function sorted(error: unknown): unknown {
  if (!(error instanceof errors.StripeError)) return error;
  const said = [error.message, error.code, error.requestId].filter(Boolean).join(' · ');
  if (error instanceof errors.StripeSignatureVerificationError) return new WebhookNotGenuine(said, { cause: error });
  const Kind = refusals.some((refusal) => error instanceof refusal) ? PaymentsRefused : PaymentsUnavailable;
  return new Kind(said, { cause: error });
}

/** Which of Stripe's error codes a sorted error came from. */
export function stripeCodeOf(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof errors.StripeError ? cause.code : undefined;
}

/** Whether an error of Stripe's own was told once more for its key, as it is for a day. https://docs.stripe.com/api/idempotent_requests */
export function isStoredFailure(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : undefined;
  return cause instanceof errors.StripeAPIError && cause.headers?.['idempotent-replayed'] === 'true';
}
