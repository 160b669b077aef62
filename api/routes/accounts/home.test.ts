import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Customer } from '../../../models/accounts/customer.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aService, aUser, theBrand } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const home = suite('home page');
let database: { close: () => Promise<void> };
let guest: Visitor;
let customer: Customer;
let visitor: Visitor;

home.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => new Date('2026-11-21T14:00:00Z') }));
});
home.before.each(async () => {
  customer = await aCustomer({ name: 'Haut-Jura & <Co>', timeZone: 'Europe/Paris' });
  visitor = await signedInVisitor(guest, await aUser(customer, { name: 'Élodie Marchand' }));
});
home.after(async () => {
  await guest.leave();
  await database.close();
});

let numbered = 0;
async function anOpenInvoice(of: Customer, dueOn: string): Promise<string> {
  const number = `NQ-2026-${String(++numbered).padStart(6, '0')}`;
  const party = { name: '', street: '', postalCode: '', city: '', country: 'FR', vatNumber: null };
  const sums = {
    currency: 'EUR',
    netMinor: 100_00,
    vatMinor: 20_00,
    totalMinor: 120_00,
    vatTreatment: 'domestic',
  } as const;
  const times = { issuedOn: '2026-11-01', dueOn, issuedAt: new Date('2026-11-01') };
  const { legalEntityId } = await theBrand();
  const papers = { legalEntityId, customerId: of.id, number, status: 'open', language: 'en' } as const;
  await Invoice.query().insert({ ...papers, ...sums, ...times, seller: party, buyer: party });
  return number;
}

home('guests see what there is to buy', async () => {
  const { status, location } = await guest.get('/');
  assert.equal([status, location], [303, '/catalogue']);
});

home('somebody new is told what will stand here and what to do first', async () => {
  const { body } = await visitor.get('/');
  assert.match(body, 'Good afternoon, Élodie');
  assert.match(body, 'No servers yet');
  assert.match(body, 'Haut-Jura &amp; &lt;Co&gt;');
});

home('says what is to be paid, and what is late, of this customer alone', async () => {
  const [late, due] = [await anOpenInvoice(customer, '2026-11-18'), await anOpenInvoice(customer, '2026-12-01')];
  const others = await anOpenInvoice(await aCustomer(), '2026-11-18');
  const { body } = await visitor.get('/');
  assert.match(body, `Invoice ${late} was due on Nov 18, 2026.`);
  assert.match(body, `Invoice ${due} is due on Dec 1, 2026.`);
  assert.match(body, '2 things need you today.');
  assert.match(body, /Invoices<span class="qm-count" data-tone="bad">2/);
  assert.not.match(body, others);
});

home('lists servers with address, state and price', async () => {
  const service = await aService(customer, { slug: 'backup', name: 'Резервне сховище' });
  const { body } = await visitor.get('/');
  assert.match(body, `<a class="qm-title" href="/servers/${service.slug}">Резервне сховище</a>`);
  assert.match(body, /class="mono">198\.18\./);
  assert.match(body, '€30.00');
});

home('asks the database six times at most, however much there is', async () => {
  for (let more = 0; more < 4; more++) await aService(customer);
  for (let more = 0; more < 4; more++) await anOpenInvoice(customer, '2026-12-01');
  const statements: string[] = [];
  const listen = ({ sql }: { sql: string }) => statements.push(sql);
  Model.knex().on('query', listen);
  await visitor.get('/');
  Model.knex().removeListener('query', listen);
  assert.ok(statements.length <= 5, statements.join('\n')); // and one for the session, which is not the models'
});

home.run();
