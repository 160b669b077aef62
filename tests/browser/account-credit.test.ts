import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Browser, chromium as engine, type Page } from 'playwright-core';
import * as assert from 'uvu/assert';
import { createActivities } from '../../activities/index.js';
import { createProcesses } from '../../gateways/processes.js';
import type { Customer } from '../../models/accounts/customer.js';
import { creditOf } from '../../models/billing/credit-balance.js';
import { CreditNote } from '../../models/billing/credit-note.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { Refund } from '../../models/billing/refund.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import { absentHardware } from '../support/absent-hardware.js';
import { testApp } from '../support/app.js';
import { aCustomer, aUser } from '../support/builders.js';
import { openDatabase } from '../support/database.js';
import { until } from '../support/hardware.js';
import { anInvoice, saveCard } from '../support/invoices.js';
import { aWindow, faultsInAllSizes } from '../support/looking.js';
import { Mailbox } from '../support/mailbox.js';
import { type RunningSimulator, startPaymentSimulator } from '../support/payment-simulator.js';
import { press } from '../support/pressing.js';
import { password, withPassword } from '../support/signed-in.js';
import { chromium, suiteUnless } from '../support/skipping.js';
import { timeSkippingCluster, workOnAllQueues } from '../support/temporal.js';
import { type Visitor, visit } from '../support/visitor.js';

/** A click is answered when it is, on busy cores too. */
const PAID_WITHIN_MS = 20_000;

const { path: executablePath, missing } = chromium();
const credit = suiteUnless(missing, '[BIL-05] [BIL-09] account credit, in a browser');
let database: { close: () => Promise<void> };
let cluster: TestWorkflowEnvironment;
let workers: { stop: () => Promise<void> };
let simulator: RunningSimulator;
let shop: Visitor;
let browser: Browser;
let page: Page;
let customer: Customer;

credit.before(async () => {
  database = await openDatabase();
  cluster = await timeSkippingCluster();
  simulator = await startPaymentSimulator();
  const { payments } = simulator;
  const processes = createProcesses(cluster.client);
  const outside = { mailer: new Mailbox(), payments, processes, ...absentHardware };
  const settings = { shopUrl: 'https://shop.example', linkKey: 'a key for tests', now: () => new Date() };
  workers = await workOnAllQueues(cluster, createActivities({ ...outside, ...settings }));
  shop = await visit(testApp({ processes, payments }));
  browser = await engine.launch({ executablePath, args: ['--no-sandbox'] });
  page = await (await aWindow(browser)).newPage();
  customer = await aCustomer();
  const user = await withPassword(await aUser(customer));
  await saveCard(simulator, customer);
  await page.goto(`${shop.origin}/sign-in`);
  await page.fill('#name', user.email);
  await page.fill('#password', password);
  await send('main form:has(#password)');
});
credit.after(async () => {
  assert.equal(await findBreaches(Invoice.knex()), []);
  await browser?.close();
  await shop?.leave();
  await workers?.stop();
  await cluster?.teardown();
  await simulator?.stop();
  await database?.close();
});

const send = (form: string) => press(page, `${form} button[type=submit]`);

async function given(creditMinor: number): Promise<void> {
  const { id: invoiceId } = await anInvoice(customer, { netMinor: 100 });
  const amount = { amountMinor: 120 + creditMinor, currency: 'EUR' };
  const receipt = { invoiceId, method: 'transfer', amount, reference: randomUUID(), at: new Date() } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
}

async function openInvoice(): Promise<Invoice> {
  const invoice = await anInvoice(customer, { dueOn: '2099-12-28' });
  await page.goto(`${shop.origin}/invoices/${invoice.number}`);
  return invoice;
}

const left = async () => (await creditOf(customer.id, 'EUR')).amountMinor;
const text = () => page.innerText('main');
const byCard = 'form[action$="/payment"]';
const byCredit = 'form[action$="/credit"]';

credit('goes before the card, which pays the rest, and comes back as credit when the invoice is credited', async () => {
  await given(100_00);
  const invoice = await openInvoice();
  assert.match(await text(), 'Your credit of €100.00 goes first; the card pays the rest.');
  assert.equal(await faultsInAllSizes(page), []);
  await send(byCard);
  assert.match(await text(), 'Paid with credit');
  const paid = await Payment.query().where({ invoiceId: invoice.id }).orderBy('amountMinor');
  assert.equal(
    paid.map(({ method, amountMinor }) => [method, amountMinor]),
    [
      ['credit', 100_00],
      ['card', 160_40],
    ],
  );
  assert.is(await left(), 0);
  const refunds = await Invoice.transaction(async (trx) => {
    const issued = await Invoice.query(trx).findById(invoice.id).forUpdate().throwIfNotFound();
    return Refund.requestFor(await CreditNote.issueFor(issued, 'order_cancelled', new Date(), trx), new Date(), trx);
  });
  assert.equal(refunds.map(({ status, amountMinor }) => `${status} ${amountMinor}`).sort(), [
    'requested 16040',
    'succeeded 10000',
  ]);
  assert.is(await left(), 100_00);
});

credit('covers an invoice without a card, clicked twice, and lists what moved it', async () => {
  await given(500_00);
  const before = await left();
  const invoice = await openInvoice();
  assert.match(await text(), 'No card is charged.');
  assert.equal(await faultsInAllSizes(page), []);
  const second = await page.context().newPage();
  await second.goto(page.url());
  await Promise.all([page, second].map((tab) => tab.click(`${byCredit} button[type=submit]`)));
  await paidSoon(invoice);
  await second.close();
  assert.is(await left(), before - 260_40);
  await page.goto(`${shop.origin}/credit`);
  assert.match(await text(), `Used for invoice ${invoice.number}`);
  assert.equal(await faultsInAllSizes(page), []);
});

credit('is used once when card and credit are clicked together', async () => {
  await Promise.all([given(100_00)]);
  const before = await left();
  const invoice = await anInvoice(customer, { netMinor: 1_000_00, dueOn: '2099-12-28' });
  const address = `${shop.origin}/invoices/${invoice.number}`;
  const tabs = await Promise.all([page.context().newPage(), page.context().newPage()]);
  await Promise.all(tabs.map((tab) => tab.goto(address)));
  await Promise.all([
    tabs[0]?.click(`${byCard} button[type=submit]`),
    tabs[1]?.click(`${byCredit} button[type=submit]`),
  ]);
  await until(async () => {
    await page.goto(address); // where the credit went first, the card is asked for what is left when its owner saw that
    const again = page.locator(`${byCard} button[type=submit]`);
    if (await again.count()) await again.click();
    return (await invoice.$query()).status === 'paid';
  }, PAID_WITHIN_MS);
  const paid = await Payment.query().where({ invoiceId: invoice.id });
  assert.is(
    paid.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
    1_200_00,
  );
  assert.is(await left(), 0);
  assert.is(paid.find(({ method }) => method === 'credit')?.amountMinor, before);
});

function paidSoon(invoice: Invoice): Promise<void> {
  return until(async () => (await invoice.$query()).status === 'paid', PAID_WITHIN_MS);
}

credit.run();
