import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Customer } from '../../../models/accounts/customer.js';
import { CreditNote } from '../../../models/billing/credit-note.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aUser } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const invoices = suite('[BIL-01] invoices');
let database: { close: () => Promise<void> };
let customer: Customer;
let guest: Visitor;
let visitor: Visitor;

invoices.before(async () => {
  database = await openDatabase();
});
invoices.before.each(async () => {
  customer = await aCustomer({ language: 'en', timeZone: 'Europe/Paris' });
  guest = await visit(testApp({ now: () => new Date('2026-11-22T10:00:00Z') }));
  visitor = await signedInVisitor(guest, await aUser(customer));
});
invoices.after.each(() => guest.leave());
invoices.after(() => database.close());

async function aPaidInvoice(description?: string): Promise<Invoice> {
  const invoice = await anInvoice(customer, { description: description ?? 'Server db-1' });
  await invoice.$query().patch({ status: 'paid', paidAt: new Date() });
  return invoice;
}

function numbersIn(body: string): string[] {
  return [...body.matchAll(/class="qm-title num" href="[^"]+">([^<]+)</g)].map(([, number = '']) => number);
}

invoices('shows what is owed first, and what is overdue in red', async () => {
  const [late, open, paid] = [
    await anInvoice(customer, { dueOn: '2026-11-18' }),
    await anInvoice(customer, { netMinor: 109_00 }),
    await aPaidInvoice(),
  ];
  const { body } = await visitor.get('/invoices');
  assert.equal(numbersIn(body), [late.number, open.number]);
  assert.match(body, '€391.20');
  assert.match(body, 'since November 18, 2026');
  assert.match(body, 'Overdue 1');
  assert.equal(numbersIn((await visitor.get('/invoices?show=paid')).body), [paid.number]);
  assert.equal(numbersIn((await visitor.get('/invoices?show=overdue')).body), [late.number]);
  assert.is(numbersIn((await visitor.get('/invoices?show=all')).body).length, 3);
});

invoices('finds by number and by what a line says, sorts, and takes an odd address for the plain one', async () => {
  const db = await aPaidInvoice('Server db-1, Quay L8');
  const web = await aPaidInvoice('Server web-4');
  assert.equal(numbersIn((await visitor.get('/invoices?show=all&q=quay+l8')).body), [db.number]);
  assert.equal(numbersIn((await visitor.get(`/invoices?show=all&q=${web.number}`)).body), [web.number]);
  assert.equal(numbersIn((await visitor.get('/invoices?show=all&sort=number')).body), [db.number, web.number]);
  assert.is((await visitor.get('/invoices?show=nonsense&sort=1;DROP&page=-1&size=1e9&q=%25')).status, 200);
});

invoices('asks the database at most six times', async () => {
  for (let made = 0; made < 12; made++) await anInvoice(customer);
  await visitor.get('/invoices');
  const asked: string[] = [];
  const count = ({ sql }: { sql: string }) => asked.push(sql);
  Model.knex().on('query', count);
  assert.is((await visitor.get('/invoices?show=all&q=NQ&page=2')).status, 200);
  Model.knex().removeListener('query', count);
  assert.ok(asked.length <= 6, asked.join('\n'));
});

invoices('says what will be there when there is nothing yet', async () => {
  assert.match((await visitor.get('/invoices')).body, 'No invoices yet');
});

invoices('are had as a file, with sums as numbers', async () => {
  const { number } = await anInvoice(customer, { description: '=HYPERLINK("x")' });
  const { body, headers } = await visitor.get('/invoices.csv');
  assert.match(headers.get('Content-Type') ?? '', 'text/csv');
  assert.match(body, `${number},"'=HYPERLINK(""x"")",2026-11-21,2026-11-28,Due,217,43.4,260.4,EUR`);
});

invoices('shows lines, VAT and what happened', async () => {
  const { number } = await anInvoice(customer);
  const { body } = await visitor.get(`/invoices/${number}`);
  for (const said of ['Server web-4, Quay M4', '€217.00', 'VAT 20%, France', '€43.40', '€260.40', 'was issued'])
    assert.match(body, said);
});

invoices('says why no VAT is charged, with both numbers, on paper in its own language', async () => {
  const german = { country: 'DE', vatNumber: 'DE123456789', vatValidatedAt: new Date(), vatConsultation: 'W1' };
  customer = await aCustomer({ ...german, language: 'fr' });
  visitor = await signedInVisitor(guest, await aUser(customer, { language: 'en' }));
  const { number } = await anInvoice(customer);
  const { body } = await visitor.get(`/invoices/${number}/print`);
  for (const said of ['<html lang="fr"', 'Autoliquidation', 'DE123456789', 'FR83404833048', 'Facturé à'])
    assert.match(body, said);
  assert.not.match(body, 'qm-side');
});

invoices('prints the credit note of a cancelled order, to its owner alone', async () => {
  const invoice = await aPaidInvoice();
  const note = await Invoice.transaction((trx) => CreditNote.issueFor(invoice, 'order_cancelled', new Date(), trx));
  const { body } = await visitor.get(`/credit-notes/${note.number}/print`);
  assert.match(body, invoice.number);
  assert.match(body, 'Reason: the order was cancelled.');
  assert.match((await visitor.get(`/invoices/${invoice.number}`)).body, note.number);
  const stranger = await signedInVisitor(guest, await aUser(await aCustomer()));
  assert.is((await stranger.get(`/credit-notes/${note.number}/print`)).status, 404);
});

invoices('knows no number that is none', async () => {
  for (const number of ['NQ-2026-999999', 'x', '%27', 'NQ-2026-000001%00']) {
    const { status } = await visitor.get(`/invoices/${number}`);
    assert.ok(status === 404 || status === 400, `${number}: ${status}`);
  }
});

invoices.run();
