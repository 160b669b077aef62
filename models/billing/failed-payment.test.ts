import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { DeclineKind } from '../../rules/billing/declines.js';
import { failuresOf } from '../../rules/billing/failed-attempts.js';
import { nextTryAt, type RetryPlan } from '../../rules/billing/retry-schedule.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aCard, aDecline, aFailedPayment, anOpenAttempt } from '../../tests/support/failed-payments.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { rowsOf, sql } from '../sql.js';
import { CollectionPlan } from './collection-plan.js';
import { type FailedPayment, failedPaymentColumns, failedPaymentsOn } from './failed-payment.js';
import { failedSums, listFailedPayments } from './failed-payment-list.js';
import { PaymentAttempt } from './payment-attempt.js';
import { RetrySchedule } from './retry-schedule.js';

const failing = suite('[BIL-06] failed payments');
const today = '2026-11-25';
let database: { close: () => Promise<void> };

failing.before.each(async () => {
  database = await openDatabase();
});
failing.after.each(() => database.close());

function all(): Promise<FailedPayment[]> {
  return rowsOf(Model.knex(), sql`SELECT ${failedPaymentColumns} FROM ${failedPaymentsOn(today)}`);
}

const plans: readonly (RetryPlan | null)[] = [null, { heldUntil: '2026-12-04T09:00:00.000Z' }];

/** None, one for what fails from then on, one that takes over, and one more that does not. */
const schedules = [
  undefined,
  { on: '2026-11-21', retryDays: [2, 4], takesOver: false },
  { on: '2026-11-22', retryDays: [1, 2, 3], takesOver: true },
  { on: '2026-11-23', retryDays: [30], takesOver: false },
] as const;

async function aSchedule({ on, retryDays, takesOver }: NonNullable<(typeof schedules)[number]>): Promise<void> {
  const [last] = await RetrySchedule.all().limit(1);
  const act = { staff: await aStaffMember(), address: '192.0.2.7', at: new Date(on) };
  const wish = { policy: { retryDays, restDays: 1 }, takesOver, from: last?.id ?? null };
  assert.is(await RetrySchedule.set(wish, act), 'set');
}

type Past = readonly [day: number, kind: DeclineKind, onSession?: boolean];
const pasts: readonly (readonly [what: string, declined: readonly Past[]])[] = [
  ['one soft decline', [[22, 'soft']]],
  [
    'two of them',
    [
      [20, 'soft'],
      [21, 'soft'],
    ],
  ],
  [
    'the customer’s own try, from which the days count anew',
    [
      [10, 'soft'],
      [11, 'soft'],
      [20, 'soft', true],
    ],
  ],
  ['a hard one', [[22, 'hard']]],
  ['a bank that asks', [[22, 'authentication_required']]],
  ['more than are tried by itself', [1, 2, 4, 6, 9, 14].map((day) => [day, 'soft'] as const)],
  [
    'an outage that ate days of the schedule',
    [
      [1, 'soft'],
      [20, 'soft'],
    ],
  ],
  [
    'a soft one after a hard one',
    [
      [20, 'hard', true],
      [21, 'soft'],
    ],
  ],
];
for (const [what, declined] of pasts) {
  failing(`tell the next try after ${what} as the process reckons it`, async () => {
    const customer = await aCustomer();
    const [invoice, card] = [await anInvoice(customer, { dueOn: '2026-12-28' }), await aCard(customer)];
    for (const [day, kind, onSession = false] of declined) {
      await aDecline(invoice, card, { on: `2026-11-${String(day).padStart(2, '0')}T10:00:00Z`, kind, onSession });
    }
    const attempts = await PaymentAttempt.query().where({ invoiceId: invoice.id }).orderBy('settledAt');
    const failed = failuresOf(attempts);
    const theirs = { tryAt: '2026-11-30T07:00:00.000Z', paymentMethodId: card.id };
    for (const schedule of schedules) {
      if (schedule) await aSchedule(schedule);
      const policy = await RetrySchedule.policyFor(failed);
      for (const plan of [...plans, theirs]) {
        await CollectionPlan.transaction((trx) => CollectionPlan.keep(invoice.id, plan, trx));
        const [row] = await all();
        assert.is(row?.nextTryAt?.toISOString(), nextTryAt(policy, { failed, plan }), JSON.stringify(plan));
        assert.equal([row?.tries, row?.stages], [declined.length, 1 + policy.retryDays.length]);
        assert.is(row?.stage, (failed?.retries ?? -1) + 1);
      }
    }
  });
}

failing('are open invoices that failed, are unknown, or are overdue, and no others', async () => {
  const customer = await aCustomer();
  const card = await aCard(customer);
  const due = (dueOn: string) => anInvoice(customer, { dueOn });
  const [fresh, overdue, unknown, running] = [
    await due('2026-12-28'),
    await due('2026-11-24'),
    await due('2026-12-28'),
    await due('2026-12-28'),
  ];
  await (await anOpenAttempt(unknown, card)).$query().patch({ status: 'unknown' });
  await anOpenAttempt(running, card);
  const { invoice: soft } = await aFailedPayment(customer);
  const standings = Object.fromEntries((await all()).map((row) => [row.number, row.standing]));
  assert.equal(standings, { [overdue.number]: 'untried', [unknown.number]: 'unknown', [soft.number]: 'soft' });
  assert.not.ok(fresh.number in standings);
});

failing('are added up a currency each, with who has to do something', async () => {
  const [one, other] = [await aCustomer(), await aCustomer()];
  await aFailedPayment(one);
  await aFailedPayment(one, { kind: 'hard', code: 'stolen_card' });
  await aFailedPayment(other, { kind: 'authentication_required', code: 'authentication_required' });
  await anInvoice(await aCustomer(), { dueOn: '2026-11-24' });
  const [sums, ...more] = await failedSums(today);
  assert.equal(more, []);
  assert.equal([sums?.amountMinor, sums?.customers, sums?.byItself, sums?.byCustomer], [3 * 260_40, 2, 1, 2]);
  const counts = { failed: 3, soft: 1, hard: 1, authentication: 1, unknown: 0, overdue: 1, noCard: 1 };
  assert.equal(sums?.counts, counts);
});

failing('go on where a batch ended, in whatever order, each once', async () => {
  const customer = await aCustomer();
  for (const kind of ['soft', 'hard', 'soft', 'authentication_required', 'hard'] as const)
    await aFailedPayment(customer, { kind });
  for (const sort of ['next', 'number', 'customer', 'amount', 'tries', 'tried', 'due'] as const) {
    for (const direction of ['asc', 'desc'] as const) {
      const wanted = { query: '', sort, direction, filter: 'failed', today } as const;
      const whole = await listFailedPayments(wanted, { offset: 0, limit: 50 });
      const read: string[] = [];
      for (let after: string | undefined; read.length < 6; ) {
        const batch = await listFailedPayments(wanted, { offset: 0, limit: 2, after });
        if (batch.length === 0) break;
        read.push(...batch.map(({ id }) => id));
        after = batch.at(-1)?.id;
      }
      assert.equal(
        read,
        whole.map(({ id }) => id),
        `${sort} ${direction}`,
      );
    }
  }
});

failing.run();
