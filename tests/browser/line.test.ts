import { type Browser, chromium as engine } from 'playwright-core';
import * as assert from 'uvu/assert';
import { LaunchedShop } from '../support/launched-shop.js';
import { faultsOf } from '../support/looking.js';
import { Shopper } from '../support/shopper.js';
import { chromium, suiteUnless } from '../support/skipping.js';

const { path: executablePath, missing } = chromium();
const line = suiteUnless(missing, '[CAT-02] [BIL-04] [SVC-10] the line, in a browser');
const READY_WITHIN_MS = 120_000;
let shop: LaunchedShop;
let browser: Browser;
let customer: Shopper;

line.before(async () => {
  shop = await LaunchedShop.open();
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  customer = await Shopper.signedIn(browser, shop.people[0]);
  await customer.read('en');
});
line.after(async () => {
  await browser?.close();
  await shop?.close();
});

line('[CAT-01] [CAT-02] the sum follows the choices, and an order may be sent while it does', async () => {
  const { page } = customer;
  await customer.order('quay-m4', 'line-1.example.com', async () => {
    await page.check('[name=option_memory][value="128"]');
    await page.locator('#sum').getByText('128 GB DDR5 ECC').waitFor();
    await page.check('[name=option_addresses][value="29"]');
    await page.locator('#sum').getByText('€237.60').waitFor();
    await page.fill('#justification', 'Certificates for three portals');
  });
  assert.match(await page.innerText('.qm-amount'), '€237.60');
});

line('[BIL-04] [CAT-03] [SVC-10] a card typed into the frame makes the order’s page active by itself', async () => {
  const { page } = customer;
  await customer.payWith('4242424242424242');
  await page.waitForURL('**/orders/*');
  const loaded = await page.evaluate('performance.timeOrigin');
  await page.locator('li[aria-current=step]').waitFor();
  await page.locator('#to-server').waitFor({ timeout: READY_WITHIN_MS });
  assert.match(await page.innerText('#h-steps'), 'All 7 steps are done');
  assert.is(await page.evaluate('performance.timeOrigin'), loaded); // nobody loaded it anew
  await page.waitForTimeout(4_000);
  assert.is(await page.getAttribute('#order', 'hx-get'), null);
});

line('[SVC-03] the server’s page leads to its login data, which is shown once', async () => {
  const { page } = customer;
  await page.click('#to-server');
  await page.waitForURL('**/servers/line-1');
  assert.match(await page.innerText('main'), 'line-1.example.com');
  await page.getByText('Show login data').click();
  await page.getByRole('button', { name: 'Show the root password' }).click();
  await page.getByText('Keep it now').waitFor();
  assert.match(await page.innerText('main'), /Root password\n+(\w{5}-){3}\w{5}/);
  await page.goto(`${new URL(page.url()).origin}/servers/line-1/login-data`);
  assert.match(await page.innerText('main'), 'The root password is not here any more');
});

line('[SVC-04] [SVC-09] a server restarts while one watches, and its reboot log tells of it', async () => {
  const { page } = customer;
  await page.goto(new URL('/servers/line-1', page.url()).href);
  await page.click('#power a[href$="/power/cycle"]');
  await page.fill('#reason', 'A new kernel');
  await page.getByRole('button', { name: 'Restart now' }).click();
  await page.waitForURL('**/power-commands/*');
  const loaded = await page.evaluate('performance.timeOrigin');
  await page.getByText('It was restarted and is on.').waitFor({ timeout: READY_WITHIN_MS });
  assert.is(await page.evaluate('performance.timeOrigin'), loaded); // nobody loaded it anew
  await page.click('#to-server');
  await page.getByRole('button', { name: 'Look now' }).click();
  await page.locator('#power').getByText('Reading its state…').waitFor({ state: 'detached', timeout: READY_WITHIN_MS });
  await page.locator('#power').getByRole('link', { name: 'Reboot log' }).click();
  await page.getByText('A new kernel').waitFor();
});

line('[BIL-04] a refused confirmation charges nothing; a given one pays', async () => {
  const { page } = customer;
  await customer.order('quay-s2', 'line-2.example.com');
  const invoice = page.url();
  await page.click('a[href$="card=new"]');
  await customer.payWith('4000002760003184');
  await customer.tellBank('Confirm'); // to save it
  await page.locator('[data-bank-question]').waitFor({ state: 'attached' });
  await customer.tellBank('Refuse');
  await page.getByText('Your bank did not get your confirmation').waitFor();

  await page.goto(invoice);
  await page.getByLabel('3184').check();
  await page.getByRole('button', { name: 'Pay €' }).click();
  await customer.tellBank('Confirm');
  await page.waitForURL('**/orders/*');
  await page.getByText('€114.00 received (Visa •••• 3184)').waitFor();
});

line('[BIL-05] a declined card is told at once, and the usual one pays', async () => {
  const { page } = customer;
  await customer.order('quay-s2', 'line-3.example.com');
  await page.click('a[href$="card=new"]');
  await customer.payWith('4000000000000341');
  await page.getByText('Your bank declined the payment').waitFor();
  await page.getByLabel('4242').check();
  await page.getByRole('button', { name: 'Pay €' }).click();
  await page.getByText('€114.00 received (Visa •••• 4242)').waitFor();
});

line('[CAT-03] an order cancelled before its installation is paid back', async () => {
  const { page } = customer;
  await customer.order('quay-m4', 'line-4.example.com');
  await page.getByRole('button', { name: 'Pay €' }).click();
  await page.click('#to-cancellation');
  await page.getByRole('button', { name: 'Cancel order' }).click();
  await page.getByText('€189.60 were paid back').waitFor();
  await page.locator('#to-invoice').click();
  await page.getByText('−€189.60').first().waitFor();
});

/** Every page in every language, and in two of the four sights; the third alternates from page to page. */
const looks = [
  { language: 'en', sights: [{ width: 1_440, theme: 'light' }] },
  { language: 'uk', sights: [{ width: 375, theme: 'dark' }] },
  {
    language: 'fr',
    sights: [
      { width: 375, theme: 'light' },
      { width: 1_440, theme: 'dark' },
    ],
  },
] as const;

async function faultsOn(person: Shopper, paths: readonly string[]): Promise<string[]> {
  const { page } = person;
  const wrong: string[] = [];
  for (const { language, sights } of looks) {
    await person.read(language);
    for (const [index, path] of paths.entries()) {
      const { width, theme } = sights[index % sights.length] ?? sights[0];
      await page.emulateMedia({ colorScheme: theme });
      await page.setViewportSize({ width, height: 800 });
      const answer = await page.goto(new URL(path, page.url()).href);
      if (answer?.status() !== 200) wrong.push(`${path} answered ${answer?.status()}`);
      wrong.push(...(await faultsOf(page)).map((fault) => `${path}, ${language}, ${width}, ${theme}: ${fault}`));
    }
  }
  return wrong;
}

async function addressOf(link: string, on: string, { page }: Shopper): Promise<string> {
  await page.goto(new URL(on, page.url()).href);
  return (await page.getAttribute(`main ${link}`, 'href')) ?? '';
}

line('[CAT-01] [BIL-01] [SVC-01] nothing is wrong with what customers see', async () => {
  const order = await addressOf('tbody a[href^="/orders/"]', '/orders', customer);
  const invoice = await addressOf('#to-invoice', order, customer);
  const listed = await addressOf('tbody a[href^="/invoices/"]', '/invoices', customer);
  const pages = ['/', '/catalogue', '/catalogue/quay-m4', '/orders', order, '/invoices', listed];
  const more = [invoice, `${invoice}/print`, '/cards', '/servers', '/servers/line-1', '/servers/line-1/login-data'];
  const command = await addressOf('tbody a', '/servers/web-3/power-commands', customer);
  const power = ['/servers/web-3/power', '/servers/web-3/power/reset', '/servers/web-3/power-commands', command];
  assert.equal(await faultsOn(customer, [...pages, ...more, ...power]), []);
});

line('[STF-07] nor with what staff see', async () => {
  const staff = await Shopper.signedIn(browser, shop.people[2]);
  const order = await addressOf('tbody a[href^="/staff/orders/"]', '/staff/orders?filter=all', staff);
  const pages = ['/staff', '/staff/tasks', '/staff/orders', order, '/staff/workflows', '/staff/audit'];
  assert.equal(await faultsOn(staff, pages), []);
});

line.run();
