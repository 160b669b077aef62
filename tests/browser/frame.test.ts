import { type Browser, chromium as engine, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { Membership } from '../../models/accounts/membership.js';
import { testApp } from '../support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { aWindow, faultsInAllSizes, faultsOf } from '../support/looking.js';
import { press } from '../support/pressing.js';
import { codeAt, withSecondFactor } from '../support/second-factor.js';
import { password, withPassword } from '../support/signed-in.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { type Visitor, visit } from '../support/visitor.js';

const { path: executablePath, missing } = chromium();
const frame = suiteUnless(missing, '[IAM-02] sign-in and frame in a browser');
let database: { close: () => Promise<void> };
let shop: Visitor;
let browser: Browser;
let page: Page;

frame.before(async () => {
  database = await openDatabase();
  const long = await aCustomer({ name: 'Coopérative de Télécommunications Rurales du Haut-Jura' });
  const other = await aCustomer({ name: 'ТОВ «Карпатські мережі та дата-центри»' });
  const user = await withPassword(await aUser(long, { name: 'Élodie Marchand-Duvivier', email: 'elodie@example.org' }));
  await Membership.query().insert({ userId: user.id, customerId: other.id, role: 'owner' });
  await withPassword(await aUser(other, { name: 'Андрій Шевчук', email: 'andriy@example.org', language: 'uk' }));
  const oksana = await aStaffMember({ name: 'Oksana Kovalenko', email: 'oksana@example.org', role: 'billing' });
  await withSecondFactor(await withPassword(oksana));
  await aService(long, { slug: 'web-3' });
  await aService(long, { slug: 'backup', name: 'Резервне сховище для тривалого зберігання' });
  shop = await visit(testApp());
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
});
frame.after(async () => {
  await browser?.close();
  await shop.leave();
  await database.close();
});
frame.after.each(() => page?.context().close());

async function open(path: string, window: Parameters<typeof aWindow>[1] = {}): Promise<void> {
  page = await (await aWindow(browser, window)).newPage();
  await page.goto(shop.origin + path);
}

async function signIn(email: string): Promise<void> {
  await page.fill('#name', email);
  await page.fill('#password', password);
  await press(page, 'main button[type=submit]');
}

async function typeCode(): Promise<void> {
  await page.fill('#code', codeAt(new Date()));
  await press(page, 'main button[type=submit]');
}

frame('nothing is wrong with the pages of guests, in any size and theme', async () => {
  await open('/sign-in');
  await signIn('nobody@example.org');
  assert.match(await page.innerText('[role=alert]'), 'The name or the password is wrong.');
  assert.equal(await faultsInAllSizes(page), []);
  await page.goto(`${shop.origin}/nowhere`);
  assert.equal(await faultsOf(page), []);
});

frame('nor with the home page in English and Ukrainian, menus open', async () => {
  await open('/sign-in');
  await signIn('elodie@example.org');
  assert.equal(await faultsInAllSizes(page), []);
  await page.click('.qm-person summary');
  assert.equal(await faultsOf(page), []);
  await page.context().close();

  await open('/sign-in', { width: 375, theme: 'dark' });
  await signIn('andriy@example.org');
  assert.equal(await faultsOf(page), []);
  await page.click('button[popovertarget=nav]');
  assert.equal(await faultsOf(page), []);
});

frame('nor with the staff area, which has another colour', async () => {
  await open('/staff');
  assert.match(page.url(), '/staff/sign-in?to=%2Fstaff');
  await signIn('oksana@example.org');
  assert.equal(await faultsInAllSizes(page), []);
  await typeCode();
  assert.equal(await faultsInAllSizes(page), []);
  const accent = () => page.evaluate(`getComputedStyle(document.body).getPropertyValue('--brand-solid')`);
  const plum = await accent();
  await page.goto(`${shop.origin}/sign-in`);
  assert.is.not(await accent(), plum);
});

frame('everything works without script, on a telephone', async () => {
  await open('/services/web-3/cancellation', { scripts: false, width: 375, theme: 'dark' });
  await signIn('elodie@example.org');
  assert.match(page.url(), '/services/web-3/cancellation');
  await page.click('main button[type=submit]');
  assert.match(await page.innerText('[role=alert]'), 'The request was not sent');
  await page.click('button[popovertarget=nav]');
  await page.click('#nav button[value=fr]');
  assert.equal(
    [await page.getAttribute('html', 'lang'), new URL(page.url()).pathname],
    ['fr', '/services/web-3/cancellation'],
  );
  await page.click('button[popovertarget=nav]');
  await page.click('#nav button[value=en]');
  await page.click('.qm-switch summary');
  await page.click('.qm-switch button:not([aria-current])');
  assert.match(await page.innerText('.qm-switch summary'), 'Карпатські мережі');
  await page.click('.qm-person summary');
  await page.click('form[action="/sign-out"] button');
  assert.is(new URL(page.url()).pathname, '/sign-in');
});

frame('a button says that it works and is pressed once, however often it is', async () => {
  await open('/sign-in');
  let posts = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST') posts++;
  });
  await page.fill('#name', 'elodie@example.org');
  await page.fill('#password', password);
  const thrice = `{ const button = document.querySelector('main button[type=submit]'); for (let i = 0; i < 3; i++) button.click();
    button.getAttribute('aria-busy') }`;
  assert.is(await page.evaluate(thrice), 'true');
  await page.waitForURL(`${shop.origin}/`);
  assert.is(posts, 1);
});

frame('the chosen theme stays', async () => {
  await open('/sign-in');
  await signIn('elodie@example.org');
  await page.click('summary[aria-label^=Colours]');
  await page.click('.qm-top [data-theme-set=dark]');
  await page.goto(`${shop.origin}/services/web-3/cancellation`);
  assert.is(await page.getAttribute('html', 'data-bs-theme'), 'dark');
});

frame('keyboard alone signs in, opens a menu and closes it', async () => {
  await open('/sign-in');
  await page.focus('#name');
  await page.keyboard.type('elodie@example.org');
  await page.keyboard.press('Tab');
  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(`${shop.origin}/`);
  await page.focus('.qm-switch summary');
  await page.keyboard.press('Enter');
  assert.is(await page.getAttribute('.qm-switch', 'open'), '');
  await page.keyboard.press('Escape');
  assert.is(await page.getAttribute('.qm-switch', 'open'), null);
});

frame('a first visit weighs less than 250 kB', async () => {
  page = await (await aWindow(browser)).newPage();
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  let bytes = 0;
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    bytes += encodedDataLength;
  });
  await page.goto(`${shop.origin}/sign-in`);
  await page.waitForLoadState('networkidle');
  assert.ok(bytes > 50_000 && bytes < 250_000, String(bytes));
});

frame.run();
