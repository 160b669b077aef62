import { type Browser, chromium as engine, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import { AccountCredit } from '../../models/billing/account-credit.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { PowerCommand } from '../../models/servers/power-command.js';
import { countHoldings } from '../../models/services/holdings.js';
import type { Service } from '../../models/services/service.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { unusedTime } from '../../rules/billing/proration.js';
import { powerCommand } from '../../workflows/messages/power-command.js';
import { aService } from '../support/builders.js';
import { until } from '../support/hardware.js';
import { faultsOf } from '../support/looking.js';
import { aPowerCommand } from '../support/power.js';
import { press } from '../support/pressing.js';
import { openShop, type Shop } from '../support/shop.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { StaffDesk } from '../support/staff-desk.js';

const { path: executablePath, missing } = chromium();
const rescue = suiteUnless(missing, '[STF-07] [WFL-04] [SVC-04] what stopped at staff, decided in a browser');
let shop: Shop;
let browser: Browser;
let desk: StaffDesk;
let page: Page;

rescue.before(async () => {
  shop = await openShop();
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
});
rescue.before.each(async () => {
  await shop.nextMorning();
  shop.mailbox.letters.length = 0;
});
rescue.after.each(async () => {
  await page?.context().close();
});
rescue.after(async () => {
  await browser?.close();
  await shop?.close();
});

const send = (form: string) => press(page, `${form} button[type=submit]`);

const text = () => page.innerText('main');

/** Its customer confirmed that it ends, and a step of that does not answer for as long as its patience lasts. */
async function stoppedAt(step: 'suspendService' | 'closePort' | 'powerOff' | 'releaseHoldings'): Promise<Service> {
  const service = await aService(shop.customer, { anchoredOn: shop.today(), freeFromOn: shop.today() });
  shop.breakDown(step);
  await shop.visitor.post(`/services/${service.slug}/cancellation`, { wish: 'now', reason: '' });
  await shop.pass('1 hours');
  const [, link = ''] = shop.mailbox.letters[0]?.text.match(/https:\/\/shop\.example(\/\S+\/confirmation)/) ?? [];
  await shop.visitor.post(link, {});
  await shop.pass('3 hours');
  return openTask(service.name).then(() => service);
}

/** By somebody new of the staff: a morning later a session is over. */
async function openTask(subject: string): Promise<void> {
  desk = await StaffDesk.open(browser, { origin: shop.visitor.origin, now: shop.now });
  page = desk.page;
  const task = () => StaffTask.query().modify('open').findOne({ subject });
  await until(async () => (await task()) !== undefined, 30_000);
  await desk.open(await task().throwIfNotFound());
}

async function giveUp(): Promise<void> {
  await desk.answer('cancel', 'we look at it next week');
  assert.match(await text(), /Yes, give up/);
  assert.equal(await faultsOf(page), []);
  await desk.send();
  assert.match(await text(), 'gave it up');
  await shop.pass('1 hours');
  await page.reload();
}

async function credited({ id: serviceId }: Service) {
  const requests = ServiceCancellation.query().where({ serviceId }).select('id');
  const credits = await AccountCredit.query().whereIn('serviceCancellationId', requests);
  return credits.map(({ money }) => money);
}

async function standing({ id: serviceId }: Service) {
  const { status } = await ServiceCancellation.query().findOne({ serviceId }).throwIfNotFound();
  const open = await StaffTask.query().modify('open').resultSize();
  return [status, await countHoldings(serviceId, shop.now()), open];
}

/** By staff, who press the button; the others by themselves, after a week. */
const isTakenUp = { suspendService: true, closePort: false, powerOff: true, releaseHoldings: false } as const;

for (const step of ['suspendService', 'closePort', 'powerOff', 'releaseHoldings'] as const) {
  rescue(`a cancellation that stopped at ${step} is tried again, and ends`, async () => {
    const service = await stoppedAt(step);
    assert.equal(await standing(service), ['ending', 2, 1]);
    assert.equal(await faultsOf(page), []);
    shop.mend(step);
    await desk.answer('retry', 'the cable was loose');
    assert.match(await text(), 'Oksana Kovalenko had it tried again');
    await shop.pass('1 hours');
    assert.equal(await standing(service), ['ended', 0, 0]);
  });

  rescue(`a cancellation given up at ${step} rests, after a second question that names what stays`, async () => {
    const dayOfEnd = shop.today();
    const service = await stoppedAt(step);
    await giveUp();
    assert.equal(await standing(service), ['resting', 2, 0]);
    assert.equal(await faultsOf(page), []);
    const read = (await shop.visitor.get(`/services/${service.slug}/cancellation`)).body;
    assert.match(read, 'Part of it could not be taken down yet');
    shop.mend(step);
    if (isTakenUp[step]) {
      await page.fill('#note', 'the cable was loose');
      await send('form[action$="/resumption"]');
      assert.not.match(await text(), 'At rest');
      const { actorName, after } = await AuditEntry.query()
        .findOne({ action: 'service.end_taken_up', subjectId: service.name })
        .throwIfNotFound();
      assert.equal([actorName, after], ['Oksana Kovalenko', { note: 'the cable was loose' }]);
    } else {
      await shop.pass('6 days');
      assert.equal(await standing(service), ['resting', 2, 0]);
      await shop.pass('1 days');
    }
    await shop.pass('1 hours');
    assert.equal(await standing(service), ['ended', 0, 0]);
    assert.equal(await credited(service), [unusedTime(service.running.paidTime, dayOfEnd)]);
  });
}

rescue('what rested and fails again after its week is laid before staff anew', async () => {
  const service = await stoppedAt('closePort');
  await giveUp();
  await page.context().close();
  await shop.pass('7 days');
  await shop.pass('3 hours');
  assert.equal(await standing(service), ['ending', 2, 1]);
  await openTask(service.name);
  shop.mend('closePort');
  await desk.answer('retry', 'a new switch');
  await shop.pass('1 hours');
  assert.equal(await standing(service), ['ended', 0, 0]);
});

rescue(
  'what must be done is not offered to be left out; what may is, and the cancellation ends without it',
  async () => {
    await stoppedAt('suspendService');
    assert.is(await page.locator('[name=answer][value=skip]').count(), 0);
    shop.mend('suspendService');
    await desk.answer('retry', 'the switch is back');
    await page.context().close();
    await shop.pass('1 hours');
    await shop.nextMorning();
    shop.mailbox.letters.length = 0;
    const service = await stoppedAt('releaseHoldings');
    await desk.answer('skip', 'released by hand');
    await shop.pass('1 hours');
    assert.equal(await standing(service), ['ended', 2, 0]);
    shop.mend('releaseHoldings');
  },
);

rescue(
  'a power command to a machine that stays silent is given up, and its customer reads that it failed',
  async () => {
    const service = await aService(shop.customer, { anchoredOn: shop.today(), freeFromOn: shop.today() });
    shop.breakDown('lookAtPower');
    const { id } = await aPowerCommand(service, { command: 'cycle', at: shop.now() });
    await shop.processes.start(powerCommand, { commandId: id });
    await shop.pass('3 hours');
    const address = `/servers/${service.slug}/power-commands/${id}`;
    const waiting = (await shop.visitor.get(address)).body;
    assert.match(waiting, 'Waiting for our staff, who decide how it goes on');
    assert.not.match(waiting, 'rying again');
    await openTask(service.name);
    assert.is(await page.locator('[name=answer][value=skip]').count(), 0);
    assert.equal(await faultsOf(page), []);
    await desk.answer('cancel', 'the board is dead');
    const sure = page.getByRole('button', { name: /Yes, give up/ });
    if (await sure.count()) await desk.send();
    assert.match(await text(), 'gave it up');
    await shop.pass('1 hours');
    shop.mend('lookAtPower');
    assert.is((await PowerCommand.query().findById(id))?.status, 'failed');
    assert.not.match((await shop.visitor.get(address)).body, 'hx-trigger="every');
  },
);

rescue('a stop’s lifting, a task and its giving up have room on a phone, in every language', async () => {
  await stoppedAt('suspendService');
  const task = page.url();
  await page.goto(`${shop.visitor.origin}/staff/stops`);
  await page.check('[name=kind][value=mails]');
  await page.fill('#reason', 'every letter left twice');
  await send('form[action="/staff/stops"]');
  await page.setViewportSize({ width: 375, height: 800 });
  for (const language of ['fr', 'uk', 'en'] as const) {
    await page.goto(task);
    const choice = page.locator(`form[action$="/language"] button[value=${language}]`).first();
    await Promise.all([
      page.waitForNavigation(),
      choice.evaluate((button) => (button as unknown as { click(): void }).click()),
    ]);
    assert.is(await page.getAttribute('html', 'lang'), language);
    assert.equal(await faultsOf(page), [], `the task in ${language}`);
    await desk.answer('cancel', 'we take it down by hand');
    assert.equal(await faultsOf(page), [], `giving up in ${language}`);
    await page.goto(`${shop.visitor.origin}/staff/stops`);
    assert.equal(await faultsOf(page), [], `the stops in ${language}`);
    await press(page, 'a[href^="/staff/stops/"] >> nth=0');
    assert.equal(await faultsOf(page), [], `the lifting in ${language}`);
  }
  await send('form[action$="/release"]');
  shop.mend('suspendService');
});

rescue.run();
