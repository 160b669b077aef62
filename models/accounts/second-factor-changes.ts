import type { Transaction } from 'objection';
import { AuditEntry, type Deed } from './audit-entry.js';
import { ownerOf } from './person.js';
import { RecoveryCode } from './recovery-code.js';
import { SecondFactor } from './second-factor.js';
import { endSessionsOf } from './session-ends.js';

/** The first code was right: from now on the factor is asked for, and other sessions end. False where it counted already. */
export async function confirmSecondFactor(
  factor: SecondFactor,
  { step, codes }: { readonly step: number; readonly codes: readonly string[] },
  deed: Deed,
): Promise<boolean> {
  return SecondFactor.transaction(async (trx) => {
    const confirmed = { confirmedAt: deed.happenedAt, lastStep: step };
    if (!(await factor.$query(trx).patch(confirmed).modify('unconfirmed'))) return false;
    await RecoveryCode.replace(factor.id, codes, trx);
    await changed(factor, { action: 'second_factor.turned_on', before: { on: false }, after: { on: true } }, deed, trx);
    return true;
  });
}

async function changed(
  factor: SecondFactor,
  change: { readonly action: string; readonly before: object; readonly after: object },
  deed: Deed,
  trx: Transaction,
): Promise<void> {
  const owner = ownerOf(factor);
  await endSessionsOf(owner, deed.happenedAt, trx);
  await AuditEntry.record({ ...deed, ...change, subjectType: owner.kind, subjectId: owner.id }, trx);
}
