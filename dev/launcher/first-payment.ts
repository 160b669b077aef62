import { enterCard } from '../payments/client.js';
import { type Browser, type Page, UnexpectedPage } from './browser.js';
import type { Environment } from './environment.js';
import { type Form, formsOf } from './html.js';

/** Stripe's published test card that every bank of the simulator honours. */
const card = { number: '4242424242424242', expMonth: 12, expYear: new Date().getFullYear() + 3, cvc: '123' };
const PAGES = 4;

/** From the invoice's page to a payment under way, as the page's script would go: the card is given to the provider alone. */
export async function payInvoice(browser: Browser, invoice: string, environment: Environment): Promise<void> {
  const { STRIPE_API_URL: origin, STRIPE_PUBLISHABLE_KEY: publishableKey = '' } = environment;
  if (!origin)
    throw new Error('a real payment provider takes cards from a person’s browser only: pay at the invoice’s page');
  let page = await browser.get(invoice);
  for (let seen = 0; seen < PAGES; seen++) {
    const clientSecret = /\bseti_\w+?_secret_\w+/.exec(page.html)?.[0];
    if (clientSecret) await enterCard({ origin, publishableKey, clientSecret, card });
    const form = paymentForm(page);
    if (!form) return;
    page = await browser.submit(page, form);
  }
  throw new UnexpectedPage('the invoice asks for the card again and again', page);
}

function paymentForm(page: Page): Form | undefined {
  return formsOf(page.html).find(({ action, method }) => method === 'post' && /payment|card/.test(action));
}
