import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Dispute } from '../../models/billing/dispute.js';
import { TimelineEntry } from '../../models/timeline-entry.js';
import { assertBooksHold, balancesOf } from '../../tests/support/books.js';
import { doing, paidByCard } from '../../tests/support/card-payments.js';
import { openDatabase } from '../../tests/support/database.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { createDisputeActivities } from './disputes.js';

const disputing = suite('[BIL-05] disputes');
const PAID = 260_40;
const FEE = 20_00;
let database: { close: () => Promise<void> };
let simulator: RunningSimulator;
let activities: ReturnType<typeof createDisputeActivities>;

disputing.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  activities = createDisputeActivities(simulator);
});
disputing.after(async () => {
  await simulator.stop();
  await database.close();
});

async function aDispute(complaint: { inquiry?: boolean } = {}) {
  const { invoice, intentId, chargeId } = await paidByCard(simulator);
  const { id: providerId } = simulator.control.dispute(chargeId, complaint);
  const reported = await Dispute.report({ providerId, intentId }, new Date());
  const look = () => doing(() => activities.lookAtDispute(reported?.id ?? ''));
  const decide = (outcome: 'won' | 'lost' | 'escalated') => simulator.control.decideDispute(providerId, outcome);
  const told = async () => {
    const story = await TimelineEntry.query().modify('about', 'invoice', invoice.id).orderBy('id');
    return story.map(({ event }) => event).filter((event) => event.startsWith('invoice.dispute'));
  };
  return { invoice, intentId, providerId, look, decide, told };
}

disputing('the money and the fee are booked with the bank, once, and the invoice tells it', async () => {
  const { invoice, look, told } = await aDispute();
  for (const _ of [1, 2]) {
    const { status, reason, labels, answerBy } = await look();
    assert.equal([status, reason, labels.invoice], ['open', 'fraudulent', invoice.number]);
    assert.ok(answerBy);
  }
  assert.equal(await balancesOf(invoice.customerId), {
    cash: -FEE,
    disputed: PAID,
    fees: FEE,
    ...sold,
  });
  assert.equal(await told(), ['invoice.dispute_open']);
  await assertBooksHold(simulator);
});

disputing('won: the money is back, the fee is not', async () => {
  const { invoice, look, decide, told } = await aDispute();
  await look();
  decide('won');
  for (const _ of [1, 2]) assert.is((await look()).status, 'won');
  assert.equal(await balancesOf(invoice.customerId), { cash: PAID - FEE, fees: FEE, ...sold });
  assert.equal(await told(), ['invoice.dispute_open', 'invoice.dispute_won']);
  await assertBooksHold(simulator);
});

disputing('lost before anybody looked: taken and written off in one', async () => {
  const { invoice, look, decide, told } = await aDispute();
  decide('lost');
  assert.is((await look()).status, 'lost');
  assert.equal(await balancesOf(invoice.customerId), { cash: -FEE, fees: FEE, ...sold, write_offs: PAID });
  assert.equal(await told(), ['invoice.dispute_lost']);
  await assertBooksHold(simulator);
});

disputing('a bank that only asks moves no money, until it does', async () => {
  const { invoice, look, decide } = await aDispute({ inquiry: true });
  assert.is((await look()).status, 'inquiry');
  assert.equal(await balancesOf(invoice.customerId), { cash: PAID, ...sold });
  decide('escalated');
  assert.is((await look()).status, 'open');
  assert.equal((await balancesOf(invoice.customerId)).disputed, PAID);
  await assertBooksHold(simulator);
});

disputing('reported ten times at once it is one, with one process; a stranger’s charge is none', async () => {
  const { intentId, providerId } = await aDispute();
  const reports = await Promise.all(
    Array.from({ length: 10 }, () => Dispute.report({ providerId: `${providerId}x`, intentId }, new Date())),
  );
  assert.is(reports.filter((report) => report?.isNew).length, 1);
  assert.is(await Dispute.report({ providerId: 'du_strange', intentId: 'pi_strange' }, new Date()), undefined);
  await Dispute.query()
    .where({ providerId: `${providerId}x` })
    .delete();
});

/** What selling the server left in the books, and a dispute does not touch. */
const sold = { revenue: -217_00, vat: -43_40 };

disputing.run();
