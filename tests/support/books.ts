import { Model } from 'objection';
import * as assert from 'uvu/assert';
import { compareWithProvider } from '../../activities/billing/provider-comparison.js';
import { compareHardware, type Hardware } from '../../dev/check-books/hardware.js';
import { findBreaches } from '../../models/durable/invariants/all.js';
import type { RunningSimulator } from './payment-simulator.js';

/** Every invariant holds, and the card provider knows of the same movements. */
export async function assertBooksHold({ payments }: RunningSimulator): Promise<void> {
  const breaches = await findBreaches(Model.knex());
  assert.equal(
    breaches.map(({ invariant, rows }) => [invariant.name, rows]),
    [],
  );
  assert.equal((await compareWithProvider(Model.knex(), payments)).rows, []);
}

/** Machines and switch ports are as our rows say, and all of them answer. */
export async function assertHardwareStands(hardware: Hardware): Promise<void> {
  for (const { invariant, rows, unknown } of await compareHardware(Model.knex(), hardware))
    assert.equal({ invariant, rows, unknown }, { invariant, rows: [], unknown: [] });
}

/** Whatever a customer's accounts do not come out even at, by account. */
export async function balancesOf(customerId: string): Promise<Readonly<Record<string, number>>> {
  const { rows } = await Model.knex().raw<{ rows: { account: string; sum: number }[] }>(
    `SELECT account, sum(amount_minor)::int AS sum FROM ledger_entries e
     JOIN ledger_transactions t ON t.id = e.transaction_id WHERE t.customer_id = ?
     GROUP BY account HAVING sum(amount_minor) <> 0 ORDER BY account`,
    [customerId],
  );
  return Object.fromEntries(rows.map(({ account, sum }) => [account, sum]));
}
