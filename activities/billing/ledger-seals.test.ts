import { MockActivityEnvironment } from '@temporalio/testing';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sealHead } from '../../models/billing/ledger-seal.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { until } from '../../tests/support/hardware.js';
import { aPlacedOrder } from '../../tests/support/staff-tasks.js';
import { createSealActivities } from './ledger-seals.js';

const sealing = suite('[BIL-01] sealing by a schedule');
let database: { close: () => Promise<void> };

sealing.before(async () => {
  database = await openDatabase();
});
sealing.after(async () => {
  await database.close();
});

function aRound(): Promise<void> {
  return new MockActivityEnvironment().run(createSealActivities().sealLedger);
}

sealing('seals what was booked, and once everything is sealed adds nothing', async () => {
  await aRound();
  assert.is(await sealHead(Model.knex()), undefined, 'nothing was booked yet');
  await aPlacedOrder(await aCustomer());
  await until(async () => {
    await aRound(); // what other tests have under way in this cluster holds the horizon back
    return (await sealHead(Model.knex()))?.unsealed === 0;
  }, 30_000);
  await aRound();
  assert.is((await sealHead(Model.knex()))?.block, 1);
  assert.equal(await findBreaches(Model.knex()), []);
});

sealing('a ledger changed under its seals is among the broken invariants', async () => {
  await Model.knex().transaction(async (trx) => {
    await trx.raw('SET LOCAL session_replication_role = replica');
    await trx.raw(`UPDATE ledger_transactions SET booked_at = booked_at + interval '1 day'`);
  });
  const [breach] = await findBreaches(Model.knex());
  assert.equal([breach?.invariant.name, breach?.rows[0]?.fault], ['ledgerIsAsSealed', 'changed']);
});

sealing.run();
