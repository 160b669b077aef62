import { readFile } from 'node:fs/promises';
import { type Browser, chromium as engine, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { testApp } from '../support/app.js';
import { aCustomer, aService, aStaffMember, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { KeptTraffic, steadily } from '../support/kept-traffic.js';
import { aWindow, faultsInAllSizes, faultsOf } from '../support/looking.js';
import { codeAt, withSecondFactor } from '../support/second-factor.js';
import { password, withPassword } from '../support/signed-in.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { onItsPort } from '../support/traffic.js';
import { type Visitor, visit } from '../support/visitor.js';

const { path: executablePath, missing } = chromium();
const graph = suiteUnless(missing, '[NET-02] a traffic graph in a browser');
const now = new Date('2027-03-10T12:02:00Z');
const hoursAgo = (hours: number) => new Date(Date.UTC(2027, 2, 10, 12) - hours * 3_600_000);

let database: { close: () => Promise<void> };
let shop: Visitor;
let browser: Browser;
let page: Page;
let portId: string;

graph.before(async () => {
  database = await openDatabase();
  const customer = await aCustomer({ timeZone: 'Europe/Paris' });
  await withPassword(await aUser(customer, { email: 'en@example.org' }));
  await withPassword(await aUser(customer, { email: 'uk@example.org', language: 'uk' }));
  await withSecondFactor(await withPassword(await aStaffMember({ email: 'oksana@example.org' })));
  portId = await onItsPort(await aService(customer, { slug: 'shop-1' }), hoursAgo(24 * 40));
  const metrics = new KeptTraffic();
  await metrics.write(steadily(portId, { from: hoursAgo(24 * 8), to: hoursAgo(10) }, 55_600_000, 109_100_000));
  await metrics.write(steadily(portId, { from: hoursAgo(9), to: hoursAgo(0) }, 20_000_000, 219_100_000));
  shop = await visit(testApp({ metrics, now: () => now }));
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
});
graph.after(async () => {
  await browser?.close();
  await shop.leave();
  await database.close();
});
graph.after.each(() => page?.context().close());

async function open(path: string, who = 'en', window: Parameters<typeof aWindow>[1] = {}): Promise<string[]> {
  page = await (await aWindow(browser, window)).newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', ({ message }) => complaints.push(message));
  await page.goto(shop.origin + path);
  await page.fill('#name', `${who}@example.org`);
  await page.fill('#password', password);
  await page.click('main button[type=submit]');
  if (who === 'oksana') {
    await page.fill('#code', codeAt(now));
    await page.click('main button[type=submit]');
  }
  await page.waitForURL(`**${path}`);
  return complaints;
}

const drawnBy = (step: number) => page.locator(`[data-graph*='"step":${step},']`).waitFor();
const readout = () => page.textContent('[data-readout]');

graph('is drawn under the strict policy, and nothing is wrong with its page in any size and theme', async () => {
  const complaints = await open('/servers/shop-1/traffic');
  await page.waitForSelector('.qm-graph canvas');
  assert.equal(await faultsInAllSizes(page), []);
  await page.goto(`${shop.origin}/servers/shop-1`);
  await page.waitForSelector('.qm-graph canvas');
  assert.equal(await faultsOf(page), []);
  assert.equal(complaints, []);
});

graph('tells values where one points, and that a gap is unknown', async () => {
  await open('/servers/shop-1/traffic');
  const box = await page.locator('.qm-graph .u-over').boundingBox();
  if (!box) throw new Error('there is no graph');
  await page.mouse.move(box.x + box.width * 0.2, box.y + 50);
  assert.match((await readout()) ?? '', /Tue,? .*: In 55\.6 Mbit\/s, Out 109\.1 Mbit\/s/);
  await page.mouse.move(box.x + box.width * (14.5 / 24), box.y + 50);
  assert.match((await readout()) ?? '', 'In unknown, Out unknown');
});

graph('hides a line at a press, and keeps it hidden in the next period', async () => {
  await open('/servers/shop-1/traffic');
  const out = page.getByRole('button', { name: 'Out' });
  const highest = () => page.locator('.qm-graph .u-over').screenshot();
  const before = await highest();
  await out.click();
  assert.is(await out.getAttribute('aria-pressed'), 'false');
  assert.not.equal(await highest(), before);
  const loaded = await page.evaluate('performance.timeOrigin');
  await page.click('#traffic-week');
  await page.waitForURL('**/traffic?period=week');
  await drawnBy(900);
  assert.is(await page.getByRole('button', { name: 'Out' }).getAttribute('aria-pressed'), 'false');
  assert.is(await page.evaluate('performance.timeOrigin'), loaded);
  await page.goBack();
  await page.locator('#traffic-day[aria-current]').waitFor();
});

graph('zooms where one drags, into an address that can be kept, and back again', async () => {
  await open('/servers/shop-1/traffic?period=week');
  const box = await page.locator('.qm-graph .u-over').boundingBox();
  if (!box) throw new Error('there is no graph');
  await page.mouse.move(box.x + box.width * 0.5, box.y + 50);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.75, box.y + 60, { steps: 4 });
  await page.mouse.up();
  await page.waitForURL(/period=week&from=2027-03-0\d.*&to=2027-03-0\d/);
  await drawnBy(300);
  await page.reload();
  await page.click('#traffic-whole');
  await page.waitForURL('**/traffic?period=week');
});

graph('is read and zoomed by keyboard alone', async () => {
  await open('/servers/shop-1/traffic');
  await page.focus('.qm-graph');
  await page.keyboard.press('End');
  assert.match((await readout()) ?? '', 'Out 219.1 Mbit/s');
  await page.keyboard.press('Home');
  assert.match((await readout()) ?? '', 'Out 109.1 Mbit/s');
  await page.keyboard.press('+');
  await page.waitForURL(/&from=.*&to=/);
  await page.locator('[data-whole*=period] canvas').waitFor();
  await page.locator('.qm-graph:focus').waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL('**/traffic?period=day');
});

graph('is saved as a file', async () => {
  await open('/servers/shop-1/traffic?period=week');
  for (const [kind, begins] of [
    ['PNG', '\x89PNG'],
    ['PDF', '%PDF'],
  ] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.click(`#traffic >> text=${kind}`)]);
    assert.is(download.suggestedFilename(), `traffic-shop-1-2027-03-03-2027-03-10.${kind.toLowerCase()}`);
    const file = await readFile(await download.path());
    assert.is(file.subarray(0, 4).toString('latin1'), begins);
  }
});

graph('is a picture and a table without script, with periods that lead on', async () => {
  await open('/servers/shop-1/traffic', 'uk', { scripts: false, width: 375, theme: 'dark' });
  const [picture] = await Promise.all([page.waitForResponse(/traffic\.svg/), page.reload()]);
  assert.is(picture.status(), 200);
  assert.ok(await page.locator('.qm-picture').isVisible());
  assert.match((await page.textContent('#traffic table')) ?? '', '219,1');
  await page.click('#traffic-year');
  assert.match(page.url(), 'period=year');
});

graph('of a switch port is on the staff’s page', async () => {
  await open(`/staff/switch-ports/${portId}/traffic`, 'oksana');
  await page.waitForSelector('.qm-graph canvas');
  assert.equal(await faultsOf(page), []);
});

graph.run();
