import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { aCustomer } from '../../tests/support/builders.js';
import { openDatabase } from '../../tests/support/database.js';
import { failureOf } from '../../tests/support/failure.js';
import { until } from '../../tests/support/hardware.js';
import { LedgerOrderLost, sealHead, sealNextBlock } from './ledger-seal.js';
import { LedgerTransaction } from './ledger-transaction.js';
import { findSealFaults } from './seal-check.js';

const seals = suite('[BIL-01] seals of the ledger');
const at = new Date('2027-03-11T10:00Z');
let database: { close: () => Promise<void> };
let customerId: string;

seals.before(async () => {
  database = await openDatabase();
  customerId = (await aCustomer()).id;
});
seals.before.each(async () => {
  await tampering('DELETE FROM ledger_seals', 'DELETE FROM ledger_entries', 'DELETE FROM ledger_transactions');
});
seals.after(async () => {
  await database.close();
});

async function book(knex: Knex = Model.knex()): Promise<void> {
  await knex.transaction(async (trx) => {
    const cause = { kind: 'invoice', sourceId: randomUUID(), customerId, currency: 'EUR', at } as const;
    await LedgerTransaction.book(cause, { receivables: 120, revenue: -100, vat: -20 }, trx);
  });
}

/** Waits until no database transaction is under way that is older than the ledger: other tests have theirs in this cluster. */
async function settled(): Promise<void> {
  const over = 'bool_and(written_in < pg_snapshot_xmin(pg_current_snapshot())) AS over';
  await until(async () => (await Model.knex()('ledger_transactions').select(Model.knex().raw(over)))[0].over, 30_000);
}

async function ids(): Promise<number[]> {
  return (await LedgerTransaction.query().orderBy('id')).map(({ id }) => Number(id));
}

/** What nobody can do through the product: triggers off, as the database's owner could. */
async function tampering(...statements: string[]): Promise<void> {
  await Model.knex().transaction(async (trx) => {
    await trx.raw('SET LOCAL session_replication_role = replica');
    for (const statement of statements) await trx.raw(statement);
  });
}

async function threeBlocks(): Promise<number[]> {
  for (let count = 0; count < 6; count++) await book();
  await settled();
  for (const sealed of [2, 2, 2]) assert.is(await sealNextBlock(Model.knex(), at, 2), sealed);
  assert.is(await sealNextBlock(Model.knex(), at, 2), 0);
  assert.equal(await findSealFaults(Model.knex(), 2), []);
  return ids();
}

seals('hold block after block, and say where they end', async () => {
  await threeBlocks();
  await book();
  const { block, hash, unsealed } = (await sealHead(Model.knex())) ?? {};
  assert.equal([block, hash?.length, unsealed], [3, 64, 1]);
});

seals('are not closed over what commits late, though its number is the lower one', async () => {
  const slow = await Model.knex().transaction();
  const cause = { kind: 'invoice', sourceId: randomUUID(), customerId, currency: 'EUR', at } as const;
  await LedgerTransaction.book(cause, { receivables: 1, revenue: -1 }, slow);
  await book();
  assert.is(await sealNextBlock(Model.knex(), at), 0, 'the slow one may still appear');
  await slow.commit();
  await settled();
  assert.is(await sealNextBlock(Model.knex(), at), 2);
  assert.equal(await findSealFaults(Model.knex()), []);
});

seals('of two sealers at once, each takes what the other left', async () => {
  for (let count = 0; count < 40; count++) await book();
  await settled();
  const sealed = await Promise.all(Array.from({ length: 8 }, () => sealNextBlock(Model.knex(), at, 10)));
  assert.equal(sealed.sort(), [0, 0, 0, 0, 10, 10, 10, 10]);
  assert.is((await sealHead(Model.knex()))?.block, 4);
  assert.equal(await findSealFaults(Model.knex(), 3), []);
});

const entryOf = (id: number) => `(SELECT min(id) FROM ledger_entries WHERE transaction_id = ${id})`;

seals('name the transaction of which an entry was changed', async () => {
  const [, , , fourth = 0] = await threeBlocks();
  await tampering(`UPDATE ledger_entries SET amount_minor = amount_minor + 1 WHERE id = ${entryOf(fourth)}`);
  assert.equal(await findSealFaults(Model.knex(), 2), [{ block: 2, transaction: fourth, fault: 'changed' }]);
});

seals('name the transaction that was removed, and one from which an entry was', async () => {
  const [first = 0, , , , , sixth = 0] = await threeBlocks();
  const removed = `DELETE FROM ledger_entries WHERE transaction_id = ${first}`;
  await tampering(removed, `DELETE FROM ledger_transactions WHERE id = ${first}`);
  await tampering(`DELETE FROM ledger_entries WHERE id = ${entryOf(sixth)}`);
  assert.equal(await findSealFaults(Model.knex(), 1), [
    { block: 1, transaction: first, fault: 'removed' },
    { block: 3, transaction: sixth, fault: 'changed' },
  ]);
});

seals('name what was slipped in among the sealed', async () => {
  const [, second = 0] = await threeBlocks();
  await tampering(
    `INSERT INTO ledger_transactions (id, kind, source_id, customer_id, booked_at, written_in)
     SELECT -1, kind, gen_random_uuid(), customer_id, booked_at, written_in FROM ledger_transactions WHERE id = ${second}`,
  );
  assert.equal(await findSealFaults(Model.knex()), [{ block: 1, transaction: -1, fault: 'added' }]);
});

seals('that are forged to fit a changed entry fit neither their own hash nor the next seal', async () => {
  const [, , third = 0] = await threeBlocks();
  await tampering(`UPDATE ledger_entries SET account = 'cash' WHERE id = ${entryOf(third)}`);
  await tampering(`UPDATE ledger_seals SET leaves[1] = sha256('whatever') WHERE block = 2`);
  const found = await findSealFaults(Model.knex());
  assert.equal(found[0], { block: 2, fault: 'forged' });
  await tampering(
    `UPDATE ledger_seals SET hash = sha256(int8send(block) || previous_hash || leaves[1] || leaves[2]) WHERE block = 2`,
  );
  assert.equal((await findSealFaults(Model.knex()))[0], { block: 3, fault: 'unlinked' });
});

seals('that are missing leave the next one without its predecessor', async () => {
  await threeBlocks();
  await tampering('DELETE FROM ledger_seals WHERE block = 1');
  assert.equal((await findSealFaults(Model.knex()))[0], { block: 2, fault: 'unlinked' });
});

seals('are refused in a database that counts its transactions from one again', async () => {
  await threeBlocks();
  await tampering(`UPDATE ledger_seals SET upto_written_in = '99999999999' WHERE block = 3`);
  assert.instance(await failureOf(sealNextBlock(Model.knex(), at)), LedgerOrderLost);
});

seals.run();
