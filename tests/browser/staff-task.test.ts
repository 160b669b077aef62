import { type Browser, chromium as engine } from 'playwright-core';
import * as assert from 'uvu/assert';
import { LaunchedShop } from '../support/launched-shop.js';
import { faultsOf } from '../support/looking.js';
import { Shopper } from '../support/shopper.js';
import { chromium, suiteUnless } from '../support/skipping.js';

const { path: executablePath, missing } = chromium();
const rescue = suiteUnless(missing, '[STF-07] [WFL-03] a failed step rescued, in a browser');
const WITHIN_MS = 120_000;
let shop: LaunchedShop;
let browser: Browser;
let staff: Shopper;

rescue.before(async () => {
  shop = await LaunchedShop.open();
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  staff = await Shopper.signedIn(browser, shop.people[2]);
  await staff.read('en');
});
rescue.after(async () => {
  await browser?.close();
  await shop?.close();
});

const at = (path: string) => new URL(path, staff.page.url()).href;

/** A switch that refuses to be set: the order's server waits for somebody to decide. */
async function aRefusedPort(hostName: string) {
  await shop.tell('switches', 'switches/sw-c07-a/faults', { step: 'set', kind: 'refuses', times: 1 });
  const order = await shop.order(hostName);
  const { page } = staff;
  const title = page.getByRole('link', { name: /The switch port of .* could not be opened/ });
  for (const end = Date.now() + WITHIN_MS; Date.now() < end && !(await title.count()); ) {
    await page.waitForTimeout(500);
    await page.goto(at('/staff/tasks'));
  }
  await title.first().click();
  await page.waitForURL('**/staff/tasks/*-*');
  return order;
}

async function decide(answer: 'retry' | 'cancel', why: string): Promise<void> {
  const { page } = staff;
  await page.check(`[name=answer][value=${answer}]`);
  await page.fill('#note', why);
  await page.click('form[action$="/answer"] button[type=submit]');
}

rescue('is taken, noted on and tried again by the keyboard; the server is handed over', async () => {
  const order = await aRefusedPort('rescue-1.example.com');
  const { page } = staff;
  await page.getByRole('button', { name: 'Take it' }).press('Enter');
  await page.getByText('took the task').waitFor();
  await page.fill('#text', 'called the data centre');
  await page.getByRole('button', { name: 'Add the note' }).press('Enter');
  await page.locator('#notes').getByText('called the data centre').first().waitFor();
  assert.match(await page.innerText('main'), 'One of us was asked to look at this');
  assert.equal(await faultsOf(page), []);
  await decide('retry', 'the switch is back');
  await page.getByText('had it tried again').first().waitFor();
  await shop.untilStatus(order, 'active');
});

rescue('is given up after a second question that names what goes back; the money goes back', async () => {
  const order = await aRefusedPort('rescue-2.example.com');
  const { page } = staff;
  await decide('cancel', 'no switch for a week');
  const sure = page.getByRole('button', { name: /Yes, give up/ });
  await sure.waitFor();
  for (const back of [/goes back into stock/, /go back and rest for 30 days/, /go back to the card/])
    assert.match(await page.innerText('main'), back);
  await sure.click();
  await page.getByText('gave it up').first().waitFor();
  await shop.untilStatus(order, 'refunded');
  assert.equal(await shop.brokenBooks(), []);
});

rescue.run();
