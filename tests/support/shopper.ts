import type { Browser, Page } from 'playwright-core';
import type { SignIn } from '../../dev/launcher/data.js';
import { codeOf } from '../../gateways/authenticator.js';
import type { Language } from '../../rules/accounts/languages.js';
import { stepAt } from '../../rules/accounts/one-time-code.js';
import { aWindow } from './looking.js';

const SLOW_MS = 20_000;

/** A person at a window of their own, signed in, who does with the pages what people do. */
export class Shopper {
  private constructor(readonly page: Page) {}

  static async signedIn(browser: Browser, { email, password, secondFactor, url }: SignIn): Promise<Shopper> {
    const page = await (await aWindow(browser)).newPage();
    page.setDefaultTimeout(SLOW_MS);
    await page.goto(url);
    await page.fill('#name', email);
    await page.fill('#password', password);
    await page.click('main button[type=submit]');
    await page.waitForURL((at) => !at.pathname.endsWith('/sign-in'));
    if (secondFactor) {
      await page.fill('#code', codeOf(secondFactor, stepAt(new Date())));
      await page.click('main button[type=submit]');
      await page.waitForURL((at) => !at.pathname.endsWith('/code'));
    }
    return new Shopper(page);
  }

  /** Orders with the usual choices, beside what `choose` does; ends where the order is paid. */
  async order(product: string, hostName: string, choose = async (_page: Page) => {}): Promise<void> {
    const { page } = this;
    await page.goto(new URL(`/catalogue/${product}`, page.url()).href);
    await choose(page);
    await page.fill('#hostName', hostName);
    await page.check('#terms');
    await page.click('form[action="/orders"] button[type=submit]');
    await page.waitForURL('**/invoices/*');
  }

  /** Types a card into the provider's frame, letter by letter, and pays. */
  async payWith(cardNumber: string): Promise<void> {
    const frame = this.page.frameLocator('[data-card-place] iframe');
    await frame.locator('#number').pressSequentially(cardNumber);
    await frame.locator('#expiry').pressSequentially('1234');
    await frame.locator('#cvc').pressSequentially('123');
    await this.page.click('[data-card-entry] button[type=submit]');
  }

  /** Answers what the bank asks in its dialog. */
  async tellBank(answer: 'Confirm' | 'Refuse'): Promise<void> {
    await this.page.frameLocator('dialog iframe').getByRole('button', { name: answer }).click();
  }

  async read(language: Language): Promise<void> {
    if ((await this.page.getAttribute('html', 'lang')) === language) return;
    await Promise.all([
      this.page.waitForNavigation(),
      this.page.evaluate(`document.querySelector('form[action$="/language"] button[value=${language}]').click()`),
    ]);
  }

  async leave(): Promise<void> {
    await this.page.context().close();
  }
}
