import type { Server } from 'node:http';
import { AxeBuilder } from '@axe-core/playwright';
import express from 'express';
import { type Browser, chromium as engine, type FrameLocator, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import {
  close,
  listening,
  originOf,
  type RunningSimulator,
  startPaymentSimulator,
} from '../support/payment-simulator.js';
import { chromium, suiteUnless } from '../support/skipping.js';

const { path: executablePath, missing } = chromium();
const script = suiteUnless(missing, '[BIL-04] the page script of the card simulator');
let simulator: RunningSimulator;
let shop: Server;
let browser: Browser;
let page: Page;
let account: string;

script.before(async () => {
  simulator = await startPaymentSimulator();
  ({ account } = await simulator.payments.createAccount({ id: 'c-1', name: 'Olha', email: 'olha@example.org' }));
  shop = await listening(strictShop(simulator.payments.cardPage.origins.join(' ')));
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
});
script.after(async () => {
  await browser?.close();
  await close(shop);
  await simulator.stop();
});
script.after.each(() => page?.context().close());

/** A page under the shop's policy: nothing inline, and just the card provider's origins beside its own. */
function strictShop(origins: string) {
  const shop = express();
  const policy = `default-src 'none'; style-src 'self'; script-src 'self' ${origins}; frame-src ${origins}; connect-src ${origins}`;
  shop.get('/', (_request, response) => {
    response.set('content-security-policy', policy).send(`<!doctype html><html lang="en"><title>Shop</title>
<body><main><h1>Card</h1><div id="card"></div></main><script src="${simulator.payments.cardPage.scriptUrl}"></script></body></html>`);
  });
  return shop;
}

async function cardEntry({ locale = 'en', theme = 'stripe' } = {}): Promise<{ setupId: string; form: FrameLocator }> {
  const { setupId, clientSecret } = await simulator.payments.startCardSetup(account);
  const context = await browser.newContext({ colorScheme: theme === 'night' ? 'dark' : 'light' });
  page = await context.newPage();
  await page.goto(originOf(shop));
  await page.evaluate(
    ([key, clientSecret, locale, theme]) => {
      const shop = globalThis as unknown as Shop;
      shop.stripe = shop.Stripe(key, { locale });
      shop.clientSecret = clientSecret;
      shop.elements = shop.stripe.elements({ clientSecret, appearance: { theme } });
      const element = shop.elements.create('payment');
      const ready = new Promise((resolve) => element.on('ready', resolve));
      element.mount('#card');
      return ready;
    },
    [simulator.payments.cardPage.publishableKey, clientSecret, locale, theme] as const,
  );
  return { setupId, form: page.frameLocator('#card iframe') };
}

interface Answer {
  readonly error?: { readonly code: string; readonly message: string };
  readonly setupIntent?: { readonly status: string };
  readonly paymentIntent?: { readonly status: string };
}

interface Shop {
  Stripe(key: string, options: object): Shop['stripe'];
  stripe: {
    elements(options: object): Shop['elements'];
    confirmSetup(options: object): Promise<Answer>;
    handleNextAction(options: object): Promise<Answer>;
  };
  elements: {
    create(kind: string): { on(event: string, act: (value: unknown) => void): void; mount(place: string): void };
    submit(): Promise<Answer>;
  };
  clientSecret: string;
}

async function type(form: FrameLocator, number: string, expiry = '1234', cvc = '123'): Promise<void> {
  await form.locator('#number').pressSequentially(number);
  await form.locator('#expiry').pressSequentially(expiry);
  await form.locator('#cvc').pressSequentially(cvc);
}

function confirm(): Promise<Answer> {
  return page.evaluate(() => {
    const { stripe, elements, clientSecret } = globalThis as unknown as Shop;
    return stripe.confirmSetup({ elements, clientSecret, redirect: 'if_required' });
  });
}

async function violations(): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

script('[BIL-04] a card typed into the frame is saved, and its number never touches the shop', async () => {
  const { setupId, form } = await cardEntry();
  await type(form, '4242424242424242');
  assert.is(await form.locator('#number').inputValue(), '4242 4242 4242 4242');
  assert.is(await form.locator('#expiry').inputValue(), '12 / 34');
  const { setupIntent } = await confirm();
  assert.is(setupIntent?.status, 'succeeded');
  const card = await simulator.payments.cardOfSetup(setupId);
  assert.equal(card && [card.brand, card.last4, card.expMonth, card.expYear], ['visa', '4242', 12, 2034]);
  assert.not.match(await page.content(), '4242');
});

script('[BIL-04] a mistyped number is told at its field, in the reader’s language, and nothing is sent', async () => {
  const { setupId, form } = await cardEntry({ locale: 'uk' });
  await type(form, '4242424242424241');
  const answer = await page.evaluate(() => (globalThis as unknown as Shop).elements.submit());
  assert.is(answer.error?.code, 'incorrect_number');
  assert.is(await form.locator('#number-error').textContent(), 'Номер картки неправильний.');
  assert.is(await form.locator('#number').getAttribute('aria-invalid'), 'true');
  assert.is(simulator.control.account.setupIntents.get(setupId)?.status, 'requires_payment_method');
  assert.equal(await violations(), []);
});

script('[BIL-04] a refused card is told, and another one can be tried', async () => {
  const { setupId, form } = await cardEntry({ locale: 'fr' });
  await type(form, '4000000000000002');
  assert.is((await confirm()).error?.message, 'La banque n’a pas accepté cette carte.');
  await form.locator('#number').fill('');
  await form.locator('#number').pressSequentially('5555555555554444');
  assert.is((await confirm()).setupIntent?.status, 'succeeded');
  assert.is((await simulator.payments.cardOfSetup(setupId))?.brand, 'mastercard');
});

for (const [button, saved] of [
  ['Confirm', true],
  ['Refuse', false],
] as const) {
  script(`[BIL-04] 3-D Secure at saving: “${button}” ${saved ? 'saves' : 'does not save'} the card`, async () => {
    const { setupId, form } = await cardEntry({ theme: 'night' });
    await type(form, '4000002500003155');
    const dialog = page.frameLocator('dialog iframe');
    const answer = async () => {
      await dialog.getByRole('button', { name: button }).waitFor();
      const found = await violations();
      await dialog.getByRole('button', { name: button }).click();
      return found;
    };
    const [{ setupIntent, error }, found] = await Promise.all([confirm(), answer()]);
    assert.equal(found, []);
    assert.is(saved ? setupIntent?.status : error?.code, saved ? 'succeeded' : 'setup_intent_authentication_failure');
    assert.is((await simulator.payments.cardOfSetup(setupId)) !== undefined, saved);
  });
}

script('[BIL-05] 3-D Secure at paying: the page finishes what the server began', async () => {
  await cardEntry();
  const { payments } = simulator;
  const amount = { amountMinor: 3000, currency: 'EUR' };
  const card = 'pm_card_authenticationRequired';
  const wanted = { account, card, amount, onSession: true, attemptId: 'a-1', invoiceNumber: 'NQ-2026-000001' };
  const { intentId } = await payments.createCharge(wanted, 'create');
  assert.is((await payments.confirmCharge(intentId, { onSession: true }, 'confirm')).state, 'requires_action');
  const clientSecret = await payments.clientSecretOf(intentId);
  const finish = (secret: string) => (globalThis as unknown as Shop).stripe.handleNextAction({ clientSecret: secret });
  const dialog = page.frameLocator('dialog iframe');
  const answer = async () => {
    const question = await dialog.locator('section p').first().textContent();
    await dialog.getByRole('button', { name: 'Confirm' }).click();
    return question ?? '';
  };
  const [{ paymentIntent }, question] = await Promise.all([page.evaluate(finish, clientSecret), answer()]);
  assert.match(question, '€30.00');
  assert.is(paymentIntent?.status, 'succeeded');
  assert.is((await payments.lookUpCharge(intentId)).state, 'succeeded');
});

script.run();
