import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Browser, chromium as engine, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { createActivities } from '../../activities/index.js';
import { createProcesses } from '../../gateways/processes.js';
import { CollectionPlan } from '../../models/billing/collection-plan.js';
import { Invoice } from '../../models/billing/invoice.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import { absentHardware } from '../support/absent-hardware.js';
import { testApp } from '../support/app.js';
import { aCustomer, aStaffMember } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { anInvoice, saveCard } from '../support/invoices.js';
import { aWindow, faultsOf } from '../support/looking.js';
import { Mailbox } from '../support/mailbox.js';
import { type RunningSimulator, startPaymentSimulator } from '../support/payment-simulator.js';
import { press } from '../support/pressing.js';
import { codeAt, withSecondFactor } from '../support/second-factor.js';
import { password, withPassword } from '../support/signed-in.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { timeSkippingCluster, workOnAllQueues } from '../support/temporal.js';
import { type Visitor, visit } from '../support/visitor.js';

const { path: executablePath, missing } = chromium();
const desk = suiteUnless(missing, '[BIL-06] the payment desk, in a browser');
const mailbox = new Mailbox();
let database: { close: () => Promise<void> };
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let simulator: RunningSimulator;
let shop: Visitor;
let browser: Browser;
let page: Page;

desk.before(async () => {
  database = await openDatabase();
  cluster = await timeSkippingCluster();
  simulator = await startPaymentSimulator();
  const { payments } = simulator;
  const processes = createProcesses(cluster.client);
  const outside = { mailer: mailbox, payments, processes, ...absentHardware };
  const settings = { shopUrl: 'https://shop.example', linkKey: 'a key for tests', now: () => new Date() };
  workers = await workOnAllQueues(cluster, createActivities({ ...outside, ...settings }));
  shop = await visit(testApp({ processes, payments }));
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  page = await (await aWindow(browser)).newPage();
  const staff = await aStaffMember({ role: 'billing', email: 'oksana@example.org' });
  await withSecondFactor(await withPassword(staff));
  await page.goto(`${shop.origin}/staff/sign-in`);
  await page.fill('#name', staff.email);
  await page.fill('#password', password);
  await send('main form:has(#password)');
  await page.fill('#code', codeAt(new Date()));
  await send('main form:has(#code)');
});
desk.after(async () => {
  await browser?.close();
  await shop?.leave();
  await workers?.stop();
  await cluster?.teardown();
  await simulator?.stop();
  await database?.close();
});

const send = (form: string) => press(page, `${form} button[type=submit]`);

const text = () => page.innerText('main');
const at = (what: string) => `form[action$="/${what}"]`;

/** An invoice whose customer's card the bank answers so, tried once from its desk. */
async function failed(decline?: string, number?: string): Promise<Invoice> {
  const customer = await aCustomer();
  const invoice = await anInvoice(customer, { dueOn: '2099-12-28' });
  await saveCard(simulator, customer, number);
  if (decline) simulator.control.decline(decline);
  await page.goto(`${shop.origin}/staff/payments/${invoice.number}`);
  await send(at('attempts'));
  return invoice;
}

/** When its process tries next, by the plan that was kept. */
const nextOf = async ({ id }: Invoice) => Date.parse((await CollectionPlan.of(id))?.heldUntil ?? '');

const statusOf = async (invoice: Invoice) => (await invoice.$query()).status;

desk('a soft decline is planned for later, and tried once more at once', async () => {
  const invoice = await failed('insufficient_funds');
  assert.match(await text(), 'Not enough money');
  await send(`${at('schedule')}:has([value=at])`);
  assert.match(await text(), 'as staff planned');
  assert.equal(await faultsOf(page), []);
  await send(at('attempts'));
  assert.is(await statusOf(invoice), 'paid');
});

desk('a card refused for good is not planned again; its customer is asked for another, once a day', async () => {
  await failed('expired_card');
  await send(`${at('schedule')}:has([value=at])`);
  assert.match(await text(), 'The bank refused this card for good');
  await send(at('card-requests'));
  await send(at('card-requests'));
  assert.match(await text(), 'asked by letter within the last day');
});

desk('a bank that asks for its customer is not asked by us', async () => {
  await failed(undefined, '4000002760003184');
  await send(`${at('schedule')}:has([value=at])`);
  assert.match(await text(), 'wants to see its customer');
});

desk('a part by transfer, the rest given up, and money that comes all the same', async () => {
  const invoice = await failed('stolen_card');
  const transfer = async (amount: string, reference: string) => {
    await page.fill('#amount', amount);
    await page.fill('#reference', reference);
    await send(at('transfers'));
  };
  await transfer('60.40', 'RF1');
  await send(at('write-off'));
  assert.match(await text(), 'Confirm that you have read it');
  await page.fill('#reason', 'The company is gone');
  await page.check('#confirmed');
  await send(at('write-off'));
  assert.is(await statusOf(invoice), 'uncollectible');
  await transfer('210', 'RF2');
  assert.is(await statusOf(invoice), 'paid');
  assert.match(await text(), 'all of it becomes the customer’s credit');
  assert.equal(await faultsOf(page), []);
  await transfer('50', 'RF3');
  assert.match(await text(), '€50.00 were paid beyond what was owed');
});

desk('a set is looked at, sent once, and followed to its end', async () => {
  const invoices = [await failed('insufficient_funds'), await failed('do_not_honor')];
  await page.goto(`${shop.origin}/staff/payments?show=soft`);
  assert.equal(await faultsOf(page), []);
  const told = () => page.innerText('[data-ticked]');
  await page.check('input[name=pick] >> nth=0');
  assert.is(await told(), '1 selected, €260.40.');
  await page.check('thead input');
  assert.is(await told(), '2 selected, €520.80.');
  await page.uncheck('thead input');
  assert.is(await told(), '');
  assert.equal(await faultsOf(page), []);
  await press(page, 'button[value=retry]');
  assert.match(await text(), '2 invoices, €520.80');
  await send(at('payment-batches'));
  await page.getByText('Paid: 2').waitFor({ timeout: 60_000 });
  assert.equal(await Promise.all(invoices.map(statusOf)), ['paid', 'paid']);
  assert.equal(await faultsOf(page), []);
  assert.equal(await findBreaches(Invoice.knex()), []);
});

desk('days are granted with a reason: the next try comes later, once; then the set of them', async () => {
  const invoice = await failed('insufficient_funds');
  await page.fill('#grant-days', '3');
  await send(at('grants'));
  assert.match(await text(), 'Say why, in 3 to 500 signs');
  assert.equal(await faultsOf(page), []);
  await page.fill('#grant-reason', 'their bank moved');
  await send(at('grants'));
  assert.match(await text(), 'Our staff gave more time');
  const tried = await nextOf(invoice);
  await page.goto(`${shop.origin}/staff/payments?q=${invoice.number}`);
  await page.click('button[value=grant]');
  await page.fill('#reason', 'all of that bank');
  await send(at('payment-batches'));
  await page.getByText('Granted: 1').waitFor({ timeout: 60_000 });
  assert.is((await nextOf(invoice)) - tried, 7 * 86_400_000);
});

desk('customers of a set are asked for new cards, and who was asked is left out of the next', async () => {
  const invoice = await failed('expired_card');
  for (const told of ['Send one letter', 'The customer was asked within the last day']) {
    await page.goto(`${shop.origin}/staff/payments?q=${invoice.number}`);
    await press(page, 'button[value=ask_card]');
    assert.match(await text(), told);
    assert.equal(await faultsOf(page), []);
    if (told === 'Send one letter') {
      await send(at('payment-batches'));
      await page.getByText('Asked: 1').waitFor({ timeout: 60_000 });
    }
  }
});

desk('pages of the desk have room on a phone, in every language', async () => {
  const invoice = await failed('insufficient_funds');
  await page.setViewportSize({ width: 375, height: 800 });
  for (const language of ['fr', 'uk', 'en']) {
    const choice = page.locator(`form[action$="/language"] button[value=${language}]`).first();
    await Promise.all([
      page.waitForNavigation(),
      choice.evaluate((button) => (button as unknown as { click(): void }).click()),
    ]);
    assert.is(await page.getAttribute('html', 'lang'), language);
    for (const address of [
      `payments/${invoice.number}`,
      'payments',
      'retry-schedule',
      'payment-batches/new?act=grant',
      'payment-batches/new?act=write_off',
    ]) {
      await page.goto(`${shop.origin}/staff/${address}`);
      assert.equal(await faultsOf(page), [], `${address} in ${language}`);
    }
  }
  await page.setViewportSize({ width: 1_440, height: 800 });
});

desk.run();
