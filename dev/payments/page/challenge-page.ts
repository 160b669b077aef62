import { Router } from 'express';
import type { Account } from '../account.js';
import { checkSecret, paymentIntentOf, setupIntentOf } from '../resources/intents.js';
import type { PaymentIntent, SetupIntent } from '../state/objects.js';
import { escaped, sendFrame } from './document.js';
import { type Words, wordsIn } from './words.js';

const page = { id: '', publishable: true, origin: '' };

/** The bank's question, in a dialog over the shop's page or on a page of its own. */
export function challengePage(account: Account): Router {
  const routes = Router();
  routes.get('/:intent', ({ params, query }, response) => {
    const id = params.intent;
    const intent = id.startsWith('seti_') ? setupIntentOf(account, id) : paymentIntentOf(account, id);
    checkSecret(intent, typeof query.client_secret === 'string' ? query.client_secret : undefined, page);
    const { language, words } = wordsIn(query.locale);
    const title = words.challengeTitle;
    const body = intent.status === 'requires_action' ? asked(account, intent, words, language) : over(words);
    sendFrame(response, { language, theme: query.theme, words, title, script: 'challenge.js', body });
  });
  return routes;
}

function asked(account: Account, intent: PaymentIntent | SetupIntent, words: Words, language: string): string {
  const back = intent.next_action?.redirect_to_url?.return_url ?? '';
  return `<section class="challenge" aria-labelledby="title" data-intent="${intent.id}" data-back="${escaped(back)}">
<h1 id="title">${escaped(words.challengeTitle)}</h1>
<p>${escaped(question(account, intent, words, language))}</p>
<p class="error" id="fault" role="alert"></p>
<div class="buttons">
<button type="button" class="filled" data-answer="confirm">${escaped(words.confirm)}</button>
<button type="button" data-answer="refuse">${escaped(words.refuse)}</button>
</div>
<p class="hint">${escaped(words.simulated)}</p>
</section>`;
}

function over(words: Words): string {
  return `<section class="challenge" aria-labelledby="title"><h1 id="title">${escaped(words.challengeTitle)}</h1>
<p>${escaped(words.challengeGone)}</p></section>`;
}

function question(account: Account, intent: PaymentIntent | SetupIntent, words: Words, language: string): string {
  const last4 = account.paymentMethods.get(intent.payment_method ?? '')?.card.last4 ?? '';
  if (intent.object === 'setup_intent') return words.challengeSetup.replace('{last4}', last4);
  const style = new Intl.NumberFormat(language, { style: 'currency', currency: intent.currency.toUpperCase() });
  const amount = intent.amount / 10 ** (style.resolvedOptions().maximumFractionDigits ?? 2);
  return words.challengePayment.replace('{amount}', style.format(amount)).replace('{last4}', last4);
}
