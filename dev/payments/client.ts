import { intentOfSecret } from './ids.js';

/** An answer that was told never to come is given up, as people do with a page. */
const PATIENCE_MS = 15_000;

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
  return ask(`${entry.origin}/v1/setup_intents/${setup}/confirm`, { body: form });
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
  return ask(`${origin}/challenge/${intentOfSecret(clientSecret)}`, { headers, body });
}

async function ask(address: string, request: Pick<RequestInit, 'headers' | 'body'>): Promise<IntentSeenByPage> {
  const response = await fetch(address, { method: 'POST', signal: AbortSignal.timeout(PATIENCE_MS), ...request });
  const answer = (await response.json()) as IntentSeenByPage & { error?: { message: string; code?: string } };
  if (answer.error) throw new CardEntryRefused(answer.error.message, answer.error.code);
  return answer;
}
