import { type Browser, chromium as engine } from 'playwright-core';
import * as assert from 'uvu/assert';
import { type House, openHouse } from '../faults/matrix/house/house.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { StaffDesk } from '../support/staff-desk.js';
import { chargeRescues } from './rescues/charges.js';
import { disputeRescues, endedByItself } from './rescues/disputes.js';
import { refundRescues, sentByHand, sentByHandLater } from './rescues/refunds.js';

const { path: executablePath, missing } = chromium();
const money = suiteUnless(missing, '[STF-07] [WFL-03] money that stopped at staff, decided in a browser');
let house: House;
let browser: Browser;
let desk: StaffDesk;

money.before(async () => {
  house = await openHouse();
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  desk = await StaffDesk.open(browser, house.workshop.visitor);
});
money.after(async () => {
  await browser?.close();
  await house?.close();
});

for (const { name, run } of [...refundRescues, ...disputeRescues, ...chargeRescues])
  money(name, () => run(house, desk));

money('[BIL-09] what came by transfer is sent by hand and written down, and the order that waits ends by itself', () =>
  sentByHand(house, desk),
);

money('[BIL-09] what the bank sent back and staff gave up is sent by hand later', () => sentByHandLater(house, desk));

money('[BIL-05] a dispute that was answered at the provider is asked about no more', async () => {
  await desk.open(await endedByItself(house));
  const text = await desk.text();
  assert.match(text, 'The process itself, for which it no longer mattered, gave it up');
  assert.not.match(text, 'The same as going on without an answer');
});

money('[BIL-05] the books hold after all of it', async () => {
  await house.check();
});

money.run();
