import type { Knex } from 'knex';
import { findSealFaults } from '../../billing/seal-check.js';
import { ofAudit } from './audit.js';
import { ofHoldings } from './holdings.js';
import type { Finding, Invariant } from './invariant.js';
import { ofInvoices } from './invoices.js';
import { ofLedger } from './ledger.js';
import { ofLetters } from './letters.js';
import { ofOrders } from './orders.js';
import { ofPayments } from './payments.js';
import { ofTraffic } from './traffic.js';

/** What must hold at every moment between two transactions, each in one statement over the whole database. */
export const invariants: readonly Invariant[] = [
  ...ofLedger,
  ...ofInvoices,
  ...ofPayments,
  ...ofHoldings,
  ...ofOrders,
  ...ofLetters,
  ...ofTraffic,
  ...ofAudit,
];

const sealed = { id: 'I1', name: 'ledgerIsAsSealed' } as const;

/** Looks at all of them, and at the seals of the ledger, in one snapshot of the database. */
export async function lookAtBooks(knex: Knex): Promise<Finding[]> {
  return knex.transaction(
    async (trx) => {
      const findings: Finding[] = [];
      for (const invariant of invariants) {
        const { rows } = await trx.raw<{ rows: Finding['rows'] }>(invariant.sql);
        findings.push({ invariant, rows });
      }
      return [...findings, { invariant: sealed, rows: await findSealFaults(trx) }];
    },
    { isolationLevel: 'repeatable read', readOnly: true },
  );
}

/** Only those that do not hold: nothing comes back where all do. */
export async function findBreaches(knex: Knex): Promise<Finding[]> {
  return (await lookAtBooks(knex)).filter(({ rows }) => rows.length > 0);
}
