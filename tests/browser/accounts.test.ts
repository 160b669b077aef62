import { type Browser, chromium as engine, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { unknowableHash } from '../../gateways/passwords.js';
import type { StaffMember } from '../../models/accounts/staff-member.js';
import type { User } from '../../models/accounts/user.js';
import { makeUser } from '../../models/accounts/welcome.js';
import { faultsOf as faultsOfPassword } from '../../rules/accounts/password-policy.js';
import { lettersSent, linkIn } from '../support/account-letters.js';
import { testApp } from '../support/app.js';
import { aCustomer, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { aWindow, faultsOf } from '../support/looking.js';
import { press } from '../support/pressing.js';
import { codeAt, withSecondFactor } from '../support/second-factor.js';
import { password, withPassword } from '../support/signed-in.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { type Visitor, visit } from '../support/visitor.js';

const { path: executablePath, missing } = chromium();
const accounts = suiteUnless(missing, '[IAM-01] [IAM-04] [IAM-05] [SET-08] accounts, in a browser');
let database: { close: () => Promise<void> };
let shop: Visitor;
let browser: Browser;
let page: Page;
let elodie: User;
let oksana: StaffMember;
let welcome: string;

accounts.before(async () => {
  database = await openDatabase();
  const customer = await aCustomer({ name: 'Coopérative de Télécommunications Rurales du Haut-Jura' });
  elodie = await withPassword(
    await aUser(customer, { name: 'Élodie Marchand-Duvivier', email: 'elodie@haut-jura.example' }),
  );
  const staff = await aStaffMember({ name: 'Oksana Kovalenko', email: 'oksana@example.org' });
  oksana = await withSecondFactor(await withPassword(staff));
  const user = {
    name: 'Андрій Шевчук',
    email: 'andrii@karpaty.example',
    language: 'uk',
    timeZone: 'Europe/Kyiv',
  } as const;
  const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: new Date() } as const;
  await makeUser(customer, { user, unknowable: await unknowableHash() }, deed);
  welcome = linkIn((await lettersSent(new Date()))[0] ?? { text: '' });
  shop = await visit(testApp());
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
});
accounts.after(async () => {
  await browser?.close();
  await shop.leave();
  await database.close();
});
accounts.after.each(() => page?.context().close());

async function open(path: string, window: Parameters<typeof aWindow>[1] = {}): Promise<void> {
  page = await (await aWindow(browser, window)).newPage();
  await page.goto(shop.origin + path);
}

const send = () => press(page, 'main button[type=submit]');

async function signIn({ email }: { email: string }): Promise<void> {
  await page.fill('#name', email);
  await page.fill('#password', password);
  await send();
}

async function look(path?: string): Promise<string[]> {
  if (path) await page.goto(shop.origin + path);
  const { pathname } = new URL(page.url());
  return (await faultsOf(page)).map((fault) => `${pathname}: ${fault}`);
}

accounts('a new password is ticked as one types, by the rules that the server keeps', async () => {
  await open(welcome);
  const own = ['Андрій Шевчук', 'andrii@karpaty.example', 'Coopérative de Télécommunications Rurales du Haut-Jura'];
  for (const typed of ['', 'lac-rouge', 'lac-Rouge-47', 'ШЕВЧУК-47-ab', 'зелене поле 9', '12345678', 'Rurales-47-xy']) {
    await page.fill('#password', typed);
    const met = await page.$$eval('#rules li', (items) =>
      items.map((item) => [item.getAttribute('data-rule'), item.getAttribute('data-ok') === 'true']),
    );
    const faults = faultsOfPassword(typed, 'strong', own) as string[];
    const expected = met.map(([rule]) => [
      rule,
      typed === '' && rule === 'own' ? false : !faults.includes(String(rule)),
    ]);
    assert.equal(met, expected, typed);
  }
  await page.fill('#password', 'lac-rouge');
  assert.is(await page.getAttribute('#password', 'type'), 'password');
  await page.click('[data-show=password]');
  assert.is(await page.getAttribute('#password', 'type'), 'text');
  assert.equal(await look(), []);
  await send();
  assert.equal(await look(), []);
});

accounts('it is set without script too, on a telephone, and the link is spent then', async () => {
  await open(welcome, { scripts: false, width: 375, theme: 'dark' });
  assert.equal(await page.isVisible('[data-show=password]'), false);
  await page.fill('#password', 'зелене-Поле-9');
  await page.fill('#again', 'зелене-Поле-9');
  await page.click('main button[type=submit]');
  assert.is(new URL(page.url()).pathname, '/');
  await page.goto(shop.origin + welcome);
  assert.match(await page.innerText('h1'), 'Це посилання вже використано');
});

accounts('nothing is wrong with asking for a new password, in three languages', async () => {
  await open('/password-reset', { width: 375, theme: 'dark' });
  const wrong = await look();
  await page.fill('#name', 'nobody@example.org');
  await send();
  wrong.push(...(await look()), ...(await look(welcome)));
  await page.click('button[value=fr]');
  assert.equal([...wrong, ...(await look('/staff/password-reset'))], []);
});

accounts('the second step is set up, asked for, and taken off by its own pages', async () => {
  await open('/sign-in');
  await signIn(elodie);
  const wrong = await look('/account');
  await page.click('form[action="/account/second-factor"] button');
  await page.waitForURL('**/second-factor');
  assert.ok(await page.evaluate(`document.querySelector('.qm-qr').naturalWidth > 100`));
  wrong.push(...(await look()));
  await send();
  wrong.push(...(await look()));
  await withSecondFactor(elodie);
  for (const path of [
    '/account',
    '/account/password',
    '/account/recovery-codes',
    '/account/second-factor/removal',
    '/account/rules',
    '/account/audit',
  ])
    wrong.push(...(await look(path)));
  await page.goto(`${shop.origin}/account/recovery-codes`);
  await page.fill('#current', password);
  await page.fill('#code', codeAt(new Date()));
  await send();
  wrong.push(...(await look()));
  assert.is(await page.locator('.qm-codes li').count(), 10);
  assert.equal(wrong, []);
});

accounts('all of it is as good on a telephone, in Ukrainian and French', async () => {
  const paths = ['/account', '/account/password', '/account/second-factor/removal', '/account/rules', '/account/audit'];
  for (const language of ['uk', 'fr'] as const) {
    await withSecondFactor(elodie);
    await elodie.$query().patch({ language });
    await open('/sign-in', { width: 375, theme: language === 'uk' ? 'dark' : 'light' });
    await signIn(elodie);
    const wrong = [...(await look()), ...(await look('/sign-in/code?with=recovery'))];
    await page.goto(`${shop.origin}/sign-in/code`);
    await page.fill('#code', codeAt(new Date()));
    await send();
    for (const path of paths) wrong.push(...(await look(path)));
    assert.equal(wrong, []);
    await page.context().close();
  }
});

accounts('and so are the pages by which staff help somebody back in', async () => {
  const paths = [
    '/staff/account',
    '/staff/members',
    `/staff/members/${oksana.id}`,
    `/staff/users/${elodie.id}`,
    '/staff/audit',
  ];
  for (const [width, theme, language] of [
    [1_440, 'light', 'en'],
    [375, 'dark', 'uk'],
  ] as const) {
    await withSecondFactor(oksana);
    await oksana.$query().patch({ language });
    await open('/staff/sign-in', { width, theme });
    await signIn(oksana);
    await page.fill('#code', codeAt(new Date()));
    await send();
    const wrong = [];
    for (const path of paths) wrong.push(...(await look(path)));
    assert.equal(wrong, []);
    await page.context().close();
  }
});

accounts.run();
