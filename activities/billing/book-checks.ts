import { Model } from 'objection';
import { type Payments, PaymentsUnavailable } from '../../gateways/payments/payments.js';
import { BookCheck } from '../../models/billing/book-check.js';
import { closeMended, openBroken } from '../../models/billing/book-task.js';
import { sealHead } from '../../models/billing/ledger-seal.js';
import { lookAtBooks } from '../../models/durable/invariants/all.js';
import type { Looked } from '../../models/durable/invariants/invariant.js';
import { askedAt } from '../durable/clock.js';
import { heartbeating } from '../durable/heartbeats.js';
import { comparePorts, type PortComparisonDeps } from '../network/port-comparison.js';
import { type ComparisonDeps, compareMachines } from '../servers/power-comparison.js';
import { compareWithProvider } from './provider-comparison.js';

export interface BookCheckDeps extends ComparisonDeps, PortComparisonDeps {
  readonly payments: Pick<Payments, 'movements'>;
}

const A_DAY_MS = 24 * 3_600_000;

export function createBookCheckActivities({ payments, ...deps }: BookCheckDeps) {
  async function withProvider(): Promise<Looked> {
    try {
      return await compareWithProvider(Model.knex(), payments);
    } catch (error) {
      if (!(error instanceof PaymentsUnavailable)) throw error;
      return { invariant: { id: 'I3', name: 'providerAgrees' }, rows: undefined };
    }
  }

  return {
    /** Looks at everything that must hold, daily and when staff ask; what does not hold becomes a staff task, once. */
    async checkBooks(): Promise<void> {
      const at = askedAt();
      const check = await BookCheck.next(at, A_DAY_MS);
      if (!check) return;
      const began = performance.now();
      await heartbeating(async () => {
        const knex = Model.knex();
        const findings: readonly Looked[] = [
          ...(await lookAtBooks(knex)),
          ...(await Promise.all([withProvider(), compareMachines(knex, deps), comparePorts(knex, deps)])),
        ];
        const endedAt = new Date(at.getTime() + performance.now() - began);
        if (!(await check.end(findings, await sealHead(knex), endedAt))) return;
        for (const finding of findings) {
          if (finding.rows?.length === 0) await closeMended(finding, at);
          else if (finding.rows) await openBroken(finding.invariant, finding.rows, at);
        }
      });
    },
  };
}
