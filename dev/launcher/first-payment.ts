import { enterCard } from '../payments/client.js';
import { type Browser, formTo, UnexpectedPage } from './browser.js';
import type { Environment } from './environment.js';

/** Stripe's published test card that every bank of the simulator honours. */
const card = { number: '4242424242424242', expMonth: 12, expYear: new Date().getFullYear() + 3, cvc: '123' };

/** Pays by a new card as the page's script would: the number goes to the provider alone, and the page's form follows. */
export async function payInvoice(browser: Browser, invoice: string, environment: Environment): Promise<void> {
  const { STRIPE_API_URL: origin, STRIPE_PUBLISHABLE_KEY: publishableKey = '' } = environment;
  if (!origin)
    throw new Error('a real payment provider takes cards from a person’s browser only: pay at the invoice’s page');
  const page = await browser.get(`${invoice}?card=new`);
  const clientSecret = /\bseti_\w+?_secret_\w+/.exec(page.html)?.[0];
  if (!clientSecret) throw new UnexpectedPage('the invoice’s page takes no card', page);
  await enterCard({ origin, publishableKey, clientSecret, card });
  await browser.submit(page, formTo(page, /\/payment$/));
}
