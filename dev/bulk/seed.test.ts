import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findBreaches } from '../../models/durable/invariants/all.js';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { seedBulk } from './seed.js';

const bulk = suite('a database to measure on');
let database: { close: () => Promise<void> };

bulk.before(async () => {
  database = await openDatabase();
});
bulk.after(() => database.close());

bulk('has books that hold, numbered on from what was there, twice over', async () => {
  await anInvoice(await aCustomer());
  const knex = Model.knex();
  for (let again = 0; again < 2; again++)
    await seedBulk(knex, { customers: 20, invoices: 1_000 }, new Date('2026-11-25T10:00:00Z'));
  assert.equal(await findBreaches(knex), []);
  const [counted] = await knex('invoices').select(
    knex.raw(`count(*), count(*) FILTER (WHERE status = 'paid') AS paid, count(DISTINCT customer_id) AS customers`),
  );
  assert.is(counted.count, 2_001);
  assert.ok(counted.paid > 1_800 && counted.paid < 1_900, counted.paid);
  assert.ok(counted.customers >= 40, counted.customers);
});

bulk('takes all of it back when the bookings do not balance', async () => {
  const knex = Model.knex();
  const before = await knex('invoices').count();
  await knex.raw(`ALTER TABLE ledger_entries ADD CONSTRAINT nothing_more CHECK (account <> 'cash') NOT VALID`);
  let refused = false;
  await seedBulk(knex, { customers: 0, invoices: 10 }, new Date()).catch(() => {
    refused = true;
  });
  assert.is(refused, true);
  assert.equal(await knex('invoices').count(), before);
});

bulk.run();
