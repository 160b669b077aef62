import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium as engine } from 'playwright-core';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RouteDeclaration } from '../../api/routing.js';
import { PortReading } from '../../models/network/port-reading.js';
import { testApp } from '../support/app.js';
import { openDatabase } from '../support/database.js';
import { aWindow } from '../support/looking.js';
import { signedInVisitor } from '../support/signed-in.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { type Fields, type Visitor, visit } from '../support/visitor.js';
import { addressOf, changes, isStaffs, routesOfPeople } from './addresses.js';
import { everythingOf, type Holding, now } from './holding.js';

/** Each would call `qmHit` where a page took it for more than text, or ask for /qm-hit. */
const hostile = [
  `<script>qmHit()</script><img src=x onerror="qmHit()"><svg/onload=qmHit()>`,
  `"><img src=x onerror=qmHit()>' onmouseover='qmHit()' autofocus onfocus='qmHit()`,
  `</title></textarea></select></style><script src="/qm-hit.js"></script><base href="//evil.example/">`,
  `<b hx-get="/qm-hit" hx-trigger="load" data-hx-get="/qm-hit" data-hx-trigger="load" hx-on:htmx:load="qmHit()">b</b>`,
  `" hx-get="/qm-hit" hx-trigger="load" data-hx-on::load="qmHit()" x="`,
  `{{constructor.constructor "qmHit()"}}{{{body}}}{{> partials/frame/head}}{{#with this}}{{lookup . "x"}}{{/with}}`,
  `javascript:qmHit() <a href="javascript:qmHit()">a</a><form action="/qm-hit"><button>b</button></form>`,
  `<svg><use href="data:image/svg+xml,qmHit()"/></svg><iframe srcdoc="<script>parent.qmHit()</script>"></iframe>`,
] as const;

const { path: executablePath, missing } = chromium();
const pages = suiteUnless(missing, '[IAM-02] hostile words that people and devices chose, in a browser');
const sources = suite('[IAM-02] hostile words in the views');
let database: { close: () => Promise<void> };
let shop: Visitor;
let browser: Browser;
let holdings: Holding[];

pages.before(async () => {
  database = await openDatabase();
  shop = await visit(testApp({ now: () => now, logError: () => {} }));
  holdings = [];
  for (const [index, words] of hostile.entries()) {
    const holding = await everythingOf(`zqx-${index}`, words);
    const said = { name: words, alias: words, up: true, link: true, speedMbit: 1_000, counterBits: 64 } as const;
    await PortReading.keep([{ ...said, switchPortId: holding.port, readAt: now, linkSince: now, memory: null }]);
    holdings.push(holding);
  }
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
});
pages.after(async () => {
  await browser?.close();
  await shop.leave();
  await database.close();
});

/** A window of somebody who is signed in already. */
async function windowOf(person: Holding['user'] | Holding['staff']): Promise<BrowserContext> {
  let told: Fields = {};
  const get: Visitor['get'] = (path, headers = {}) => {
    told = headers;
    return shop.get(path, headers);
  };
  await (await signedInVisitor({ ...shop, get }, person)).get('/account');
  const window = await aWindow(browser);
  const cookies = (told.Cookie ?? '').split('; ').map((each) => each.split('='));
  await window.addCookies(cookies.map(([name = '', value = '']) => ({ name, value, url: shop.origin })));
  return window;
}

const drawn = ({ path }: RouteDeclaration) => !/\.(png|jpeg|pdf|csv|svg)$|^\/(staff\/)?cards\/new$/.test(path);
const looked = () => routesOfPeople().filter((each) => !changes(each) && drawn(each));

/** What an address did with the words: scripts that ran, requests they made, what the policy refused, attributes. */
async function faultsAt(window: BrowserContext, addresses: readonly string[], words: string): Promise<string[]> {
  const found: string[] = [];
  const page = await window.newPage();
  let address = '';
  const note = (what: string) => found.push(`${address}: ${what}`);
  await page.exposeFunction('qmHit', () => note('a script ran'));
  page.on('request', (request) => /qm-hit|evil\.example/.test(request.url()) && note(`asked for ${request.url()}`));
  page.on('console', (message) => /Content Security Policy/.test(message.text()) && note(message.text().slice(0, 160)));
  page.on('dialog', (dialog) => void dialog.dismiss());
  let seen = 0;
  for (address of addresses) {
    await page.goto(shop.origin + address, { waitUntil: 'load' });
    const { text, strange } = (await page.evaluate(`({
      text: document.documentElement.textContent + [...document.querySelectorAll('input, textarea')].map((e) => e.value).join(),
      strange: [...document.querySelectorAll('*')].filter((e) => [...e.attributes].some(({ name, value }) =>
        /^on|^(data-)?hx-on/.test(name) || (value.includes('qm-hit') || /^\\s*javascript:/i.test(value))
        && !/^(value|title|aria-label|content|placeholder)$/.test(name))).map((e) => e.outerHTML.slice(0, 120)),
    })`)) as { text: string; strange: string[] };
    if (text.includes(words)) seen++;
    for (const each of strange) note(each);
  }
  if (seen === 0) found.push(`none of ${addresses.length} pages holds the words`);
  await page.close();
  return found;
}

/** The first words are looked for on every page, of the others each on its share: they are escaped in one and the same way. */
const others = hostile.length - 1;

for (const [index, words] of hostile.entries()) {
  const where = index === 0 ? 'every page' : 'some pages';
  pages(`${words.slice(0, 60)}… is text on ${where} of its customer and of staff`, async () => {
    const holding = holdings[index];
    if (!holding) throw new Error('there is no holding');
    const wrong: string[] = [];
    for (const person of [holding.user, holding.staff]) {
      const routes = looked().filter((route) => isStaffs(route) === (person === holding.staff));
      const reach = routes.filter((_, page) => index === 0 || page % others === index - 1);
      const window = await windowOf(person);
      const addresses = reach.map((route) => addressOf(route, holding)).filter((each) => !/sign-in|reset$/.test(each));
      wrong.push(...(await faultsAt(window, addresses, words)));
      await window.close();
    }
    assert.equal(wrong, []);
  });
}

const views = readdirSync('views', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs'));

sources(
  'no view but a layout places anything unescaped, and none writes an attribute’s name or a bare value from data',
  () => {
    const wrong = views.flatMap((file) => {
      const source = readFileSync(join('views', file), 'utf8').replaceAll(/{{!--[\s\S]*?--}}|{{![\s\S]*?}}/g, '');
      const raw = /{{{|{{&/.test(source) && !(file.startsWith('layouts/') && source.match(/{{{|{{&/g)?.length === 1);
      const bare = /\s(?:href|src|action|value|hx-[\w-]+|data-[\w-]+)={{/.test(source);
      const handler = /\s(?:on\w+|hx-on[\w:-]*|hx-vals|hx-vars|srcdoc)=/i.test(source);
      return [raw && 'unescaped', bare && 'a bare value', handler && 'a handler'].flatMap((is) =>
        is ? `${file}: ${is}` : [],
      );
    });
    assert.equal(wrong, []);
  },
);

pages.run();
sources.run();
