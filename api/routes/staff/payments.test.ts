import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testApp } from '../../../tests/support/app.js';
import { aCustomer, aStaffMember } from '../../../tests/support/builders.js';
import { openDatabase } from '../../../tests/support/database.js';
import { aCard, aFailedPayment, anOpenAttempt } from '../../../tests/support/failed-payments.js';
import { anInvoice } from '../../../tests/support/invoices.js';
import { signedInVisitor } from '../../../tests/support/signed-in.js';
import { type Visitor, visit } from '../../../tests/support/visitor.js';

const desk = suite('[BIL-06] failed payments before staff');
let database: { close: () => Promise<void> };
let guest: Visitor;
let visitor: Visitor;
const numbers: Record<string, string> = {};

desk.before(async () => {
  database = await openDatabase();
  guest = await visit(testApp({ now: () => new Date('2026-11-25T12:00:00Z') }));
  visitor = await signedInVisitor(guest, await aStaffMember({ role: 'billing' }));
  const customer = await aCustomer({ name: '=Fjordlys Medietjenester AS' });
  const failed = async (name: string, wanted: Parameters<typeof aFailedPayment>[1]) => {
    numbers[name] = (await aFailedPayment(customer, wanted)).invoice.number;
  };
  await failed('soft', { on: '2026-11-25T10:00:00Z', last4: '3391' });
  await failed('hard', { kind: 'hard', code: 'stolen_card', last4: '0119' });
  await failed('asks', { kind: 'authentication_required', code: 'authentication_required' });
  const unknown = await anInvoice(customer, { dueOn: '2026-12-28' });
  await (await anOpenAttempt(unknown, await aCard(customer))).$query().patch({ status: 'unknown' });
  const other = await aCustomer({ name: 'Zonnebloem Webbouw B.V.' });
  const late = await anInvoice(other, { dueOn: '2026-11-13' });
  Object.assign(numbers, { unknown: unknown.number, late: late.number });
});
desk.after(async () => {
  await guest.leave();
  await database.close();
});

desk('say what failed, why in words, and what happens next by itself', async () => {
  const { body } = await visitor.get('/staff/payments');
  assert.match(
    body,
    '€1,041.60 from one customer. One is tried again by itself; 2 need their customers; one outcome is unknown.',
  );
  for (const words of ['Not enough money', 'insufficient_funds', 'Bank refuses this card', 'stolen_card'])
    assert.match(body, words);
  assert.match(body, '2026-11-26T10:00:00.000Z');
  for (const words of ['no more, needs another card', 'when the customer confirms', 'is looked up until it is known'])
    assert.match(body, words);
  assert.not.match(body, numbers.late ?? '');
});

const shown: readonly (readonly [asked: string, names: readonly string[]])[] = [
  ['show=soft', ['soft']],
  ['show=hard', ['hard']],
  ['show=authentication', ['asks']],
  ['show=unknown', ['unknown']],
  ['show=overdue', ['late']],
  ['show=noCard', ['late']],
  ['q=3391', ['soft']],
  ['q=fjord', ['soft', 'hard', 'asks', 'unknown']],
  ['q=zonne', []],
  ['sort=-number', ['unknown', 'asks', 'hard', 'soft']],
  ["show='%20OR%201=1&sort=number;drop&page=0", ['soft', 'hard', 'asks', 'unknown']],
];
for (const [asked, names] of shown) {
  desk(`shows ${names.join(', ') || 'nothing'} where ${asked} is asked for`, async () => {
    const { body } = await visitor.get(`/staff/payments?${asked}`);
    const found = [...body.matchAll(/class="qm-title num" href="[^"]+">([^<]+)</g)].map(([, number]) => number);
    const wanted = names.map((name) => numbers[name]);
    if (asked.startsWith('sort')) assert.equal(found, wanted);
    else assert.equal(found.toSorted(), wanted.toSorted());
  });
}

desk('tell how long an invoice is overdue, and that there is no card', async () => {
  const { body } = await visitor.get('/staff/payments?show=overdue');
  assert.match(body, '12 days overdue');
  assert.match(body, 'Customer has no card');
});

desk('stand in a file, with amounts as numbers and nothing that runs in a spreadsheet', async () => {
  const { body, headers } = await visitor.get('/staff/payments.csv?show=soft');
  assert.match(headers.get('Content-Disposition') ?? '', 'failed-payments.csv');
  const [head = '', line = ''] = body.split('\r\n');
  assert.match(head, 'Invoice,Customer number,Customer,Still owed,Currency');
  assert.match(line, "'=Fjordlys Medietjenester AS,260.4,EUR,Soft,Not enough money,insufficient_funds");
  assert.match(line, '2026-11-26T10:00:00.000Z');
});

desk('are counted beside their section, and led to from the overview', async () => {
  const { body } = await visitor.get('/staff');
  assert.match(body, /href="\/staff\/payments".*?Failed payments.*?qm-count[^>]*>4</s);
  assert.match(body, /<a href="\/staff\/payments">Failed payments<b>€1,041.60<\/b>/);
});

desk.run();
