import { type Browser, chromium as engine } from 'playwright-core';
import { type House, openHouse } from '../faults/matrix/house/house.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { StaffDesk } from '../support/staff-desk.js';
import { provisioningRescues } from './rescues/provisioning.js';
import { runningServerRescues } from './rescues/running-servers.js';

const { path: executablePath, missing } = chromium();
const servers = suiteUnless(missing, '[STF-07] [WFL-03] servers that stopped at staff, decided in a browser');
let house: House;
let browser: Browser;
let desk: StaffDesk;

servers.before(async () => {
  house = await openHouse({ machines: 4 });
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  desk = await StaffDesk.open(browser, house.workshop.visitor);
});
servers.after(async () => {
  await browser?.close();
  await house?.close();
});

for (const { name, run } of [...provisioningRescues, ...runningServerRescues])
  servers(`${name}; the books hold`, async () => {
    await run(house, desk);
    await house.check();
  });

servers.run();
