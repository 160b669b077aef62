import { MockActivityEnvironment } from '@temporalio/testing';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Bmc, BmcUnreachable, type PowerState } from '../../gateways/bmc/bmc.js';
import { type Movement, PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { AuditEntry } from '../../models/accounts/audit-entry.js';
import { BookCheck } from '../../models/billing/book-check.js';
import { StaffTask } from '../../models/durable/staff-task.js';
import { Bmc as BmcRow } from '../../models/servers/bmc.js';
import { Server } from '../../models/servers/server.js';
import { absentHardware } from '../../tests/support/absent-hardware.js';
import { aCustomer, aStaffMember } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { aPlacedOrder } from '../../tests/support/staff-tasks.js';
import { createBookCheckActivities } from './book-checks.js';

const checking = suite('[BIL-01] checks of the books');
const day = (number: number) => new Date(Date.UTC(2027, 2, number, 3));
let database: { close: () => Promise<void> };
let listed: () => AsyncGenerator<Movement>;
let bmc: () => Pick<Bmc, 'serial' | 'powerState'>;
let server: Server;
const standing = (power: PowerState) => () => ({ serial: async () => server.serial, powerState: async () => power });

checking.before(async () => {
  database = await openDatabase();
  await aPlacedOrder(await aCustomer());
  server = await Server.query().first().throwIfNotFound();
  await BmcRow.query()
    .where({ serverId: server.id })
    .patch({ passwordSealed: absentHardware.sealer.seal('secret') });
});
checking.before.each(() => {
  bmc = standing('off');
  listed = async function* () {};
});
checking.after(async () => {
  await database.close();
});

function aRound(at: Date): Promise<void> {
  const { checkBooks } = createBookCheckActivities({
    payments: { movements: () => listed() },
    ...absentHardware,
    bmcs: () => bmc() as Bmc,
    againAfterMs: 1,
  });
  return new MockActivityEnvironment({ scheduledTimestampMs: at.getTime() }).run(checkBooks);
}

async function lastCheck() {
  return BookCheck.query().modify('newestFirst').withGraphFetched('findings').first().throwIfNotFound();
}

async function faults(): Promise<Record<string, number | null>> {
  const { findings } = await lastCheck();
  return Object.fromEntries(findings.filter(({ faults }) => faults !== 0).map(({ name, faults }) => [name, faults]));
}

const openTasks = async () =>
  (await StaffTask.query().modify('open')).map(({ subject, reason }) => [subject, reason.split('\n')[0]]);

checking('are done once a day, each with a finding for every invariant', async () => {
  await aRound(day(1));
  await aRound(new Date(day(1).getTime() + 3_600_000));
  assert.is(await BookCheck.query().resultSize(), 1);
  const { findings, endedAt } = await lastCheck();
  assert.ok(findings.length > 30 && endedAt);
  assert.equal(await faults(), {});
  await aRound(day(2));
  assert.is(await BookCheck.query().resultSize(), 2);
});

checking('are done at once when staff ask, and once however often they ask', async () => {
  const staff = await aStaffMember();
  const act = { staff, address: '192.0.2.1', at: new Date(day(2).getTime() + 60_000) };
  await Promise.all([BookCheck.ask(act), BookCheck.ask(act), BookCheck.ask(act)]);
  await aRound(act.at);
  assert.is((await lastCheck()).askedBy, staff.id);
  assert.is(await BookCheck.query().resultSize(), 3);
  assert.is(await AuditEntry.query().where({ action: 'books.check_asked' }).resultSize(), 1);
});

checking('lay what does not hold before staff, once, and close the task when it holds again', async () => {
  const break_ = async (by: number) =>
    Model.knex().transaction(async (trx) => {
      await trx.raw('SET LOCAL session_replication_role = replica');
      await trx.raw('UPDATE invoice_lines SET net_minor = net_minor + ?', [by]);
    });
  await break_(1);
  await aRound(day(4));
  await aRound(day(5));
  assert.equal(await faults(), { invoicesAreTheirLines: 1 });
  assert.equal(await openTasks(), [['I2 invoicesAreTheirLines', '1 at fault']]);
  await break_(-1);
  await aRound(day(6));
  assert.equal(await openTasks(), []);
  assert.equal(
    [(await StaffTask.query().first())?.answer, (await StaffTask.query().first())?.answeredBy],
    ['done', 'process'],
  );
});

checking('find a charge of ours that the books do not know, and leave others’ charges alone', async () => {
  const amount = { amountMinor: 100, currency: 'EUR' };
  listed = async function* () {
    yield { kind: 'charge', id: 'ch_others', amount, intentId: 'pi_2', paper: null };
    yield { kind: 'charge', id: 'ch_ours', amount, intentId: 'pi_1', paper: 'an attempt' };
  };
  await aRound(day(7));
  assert.equal(await faults(), { providerAgrees: 1 });
  assert.equal((await lastCheck()).findings.find(({ name }) => name === 'providerAgrees')?.rows, [
    { kind: 'charge', id: 'ch_ours', ours: null, theirs: '100 EUR' },
  ]);
});

checking('leave alone what a restore forgot and somebody paid back in full', async () => {
  const amount = { amountMinor: 100, currency: 'EUR' };
  const of = { amount, intentId: 'pi_forgotten' };
  listed = async function* () {
    yield { kind: 'charge', id: 'ch_forgotten', paper: 'an attempt', ...of };
    yield { kind: 'refund', id: 're_forgotten', paper: 'a refund', ...of };
  };
  await aRound(new Date(day(8).getTime() - 3_600_000 * 20));
  assert.equal(await faults(), { providerAgrees: 1 }, 'not looked at again within a day');
  await aRound(day(8));
  assert.equal(await faults(), {});
});

checking('say so where the provider is away, and open no task for it', async () => {
  listed = async function* () {
    yield* [];
    throw new PaymentsUnavailable('away');
  };
  await aRound(day(9));
  assert.equal(await faults(), { providerAgrees: null });
  assert.equal(await openTasks(), []);
});

checking(
  'lay a machine that is on in stock before staff, and keep it there while its service processor is silent',
  async () => {
    bmc = standing('on');
    await aRound(day(10));
    assert.equal(await faults(), { machinesStandAsTold: 1 });
    assert.equal(await openTasks(), [['I8 machinesStandAsTold', '1 at fault']]);
    bmc = () => {
      throw new BmcUnreachable('silence');
    };
    await aRound(day(11));
    assert.equal(await faults(), {});
    const { findings } = await lastCheck();
    const machines = findings.find(({ name }) => name === 'machinesStandAsTold');
    assert.equal([machines?.unknowns, machines?.unknown], [1, [{ machine: server.label, why: 'silence' }]]);
    assert.is((await openTasks()).length, 1, 'nobody knows whether it is mended');
    bmc = standing('off');
    await aRound(day(12));
    assert.equal(await openTasks(), []);
  },
);

checking('that a worker left undone are taken up by the next round', async () => {
  await Model.knex()('book_checks').insert({ askedAt: day(13), beganAt: day(13) });
  await aRound(new Date(day(13).getTime() + 120_000));
  assert.ok((await lastCheck()).endedAt);
});

checking.run();
