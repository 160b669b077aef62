import { intentOfSecret } from './ids.js';

export interface TypedCard {
  readonly number: string;
  readonly expMonth: number;
  readonly expYear: number;
  readonly cvc: string;
}

export interface IntentSeenByPage {
  readonly id: string;
  readonly status: string;
  readonly client_secret: string;
  readonly payment_method: string | null;
}

/** What the simulator's page said no with. */
export class CardEntryRefused extends Error {
  override name = 'CardEntryRefused';

  constructor(
    message: string,
    readonly code: string | undefined,
  ) {
    super(message);
  }
}

/** Gives a card to the simulator by the very calls its page script makes when one is typed into the page. */
export async function enterCard(entry: {
  readonly origin: string;
  readonly publishableKey: string;
  readonly clientSecret: string;
  readonly card: TypedCard;
}): Promise<IntentSeenByPage> {
  const { number, expMonth, expYear, cvc } = entry.card;
  const form = new URLSearchParams({
    key: entry.publishableKey,
    client_secret: entry.clientSecret,
    use_stripe_sdk: 'true',
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': String(expMonth),
    'payment_method_data[card][exp_year]': String(expYear),
    'payment_method_data[card][cvc]': cvc,
  });
  const setup = intentOfSecret(entry.clientSecret);
  return answerTo(fetch(`${entry.origin}/v1/setup_intents/${setup}/confirm`, { method: 'POST', body: form }));
}

/** Presses one of the two buttons of the bank's dialog. */
export async function answerThreeDSecure(challenge: {
  readonly origin: string;
  readonly clientSecret: string;
  readonly answer: 'confirm' | 'refuse';
}): Promise<IntentSeenByPage> {
  const { origin, clientSecret, answer } = challenge;
  const body = JSON.stringify({ client_secret: clientSecret, answer });
  const headers = { 'content-type': 'application/json' };
  return answerTo(fetch(`${origin}/challenge/${intentOfSecret(clientSecret)}`, { method: 'POST', headers, body }));
}

async function answerTo(call: Promise<Response>): Promise<IntentSeenByPage> {
  const response = await call;
  const answer = (await response.json()) as IntentSeenByPage & { error?: { message: string; code?: string } };
  if (answer.error) throw new CardEntryRefused(answer.error.message, answer.error.code);
  return answer;
}
