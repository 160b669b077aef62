import type { Transaction } from 'objection';
import { AccountLetter, type AccountLetterKind } from './account-letter.js';
import { AuditEntry, type Deed } from './audit-entry.js';
import { ownerOf } from './person.js';
import { RecoveryCode } from './recovery-code.js';
import { SecondFactor } from './second-factor.js';
import { endSessionsOf } from './session-ends.js';

/** The first code was right: from now on the factor is asked for. False where it counted already. */
export function confirmSecondFactor(
  factor: SecondFactor,
  { step, codes }: { readonly step: number; readonly codes: readonly string[] },
  deed: Deed,
): Promise<boolean> {
  return SecondFactor.transaction(async (trx) => {
    const confirmed = { confirmedAt: deed.happenedAt, lastStep: step };
    if (!(await factor.$query(trx).patch(confirmed).modify('unconfirmed'))) return false;
    await RecoveryCode.replace(factor.id, codes, trx);
    await changed(
      factor,
      { action: 'second_factor.turned_on', after: { on: true }, letter: 'second_factor_on' },
      deed,
      trx,
    );
    return true;
  });
}

/** By its owner, who proved to have it. */
export function turnOffSecondFactor(factor: SecondFactor, deed: Deed): Promise<void> {
  return SecondFactor.transaction(async (trx) => {
    await factor.$query(trx).delete();
    await changed(
      factor,
      { action: 'second_factor.turned_off', after: { on: false }, letter: 'second_factor_off' },
      deed,
      trx,
    );
  });
}

/** By staff, for somebody whose telephone is gone. */
export function resetSecondFactor(factor: SecondFactor, deed: Deed): Promise<void> {
  return SecondFactor.transaction(async (trx) => {
    await factor.$query(trx).delete();
    await changed(
      factor,
      { action: 'second_factor.reset', after: { on: false }, letter: 'second_factor_reset' },
      deed,
      trx,
    );
  });
}

/** Ten others; those that were left open nothing any more. */
export function renewRecoveryCodes(factor: SecondFactor, codes: readonly string[], deed: Deed): Promise<void> {
  return SecondFactor.transaction(async (trx) => {
    await RecoveryCode.replace(factor.id, codes, trx);
    await changed(factor, { action: 'recovery_codes.renewed', letter: 'recovery_codes_renewed' }, deed, trx);
  });
}

interface Change {
  readonly action: string;
  readonly after?: { readonly on: boolean };
  readonly letter: AccountLetterKind;
}

/** With every change of what lets a person in, all their sessions end, and they are told. */
async function changed(
  factor: SecondFactor,
  { action, after, letter }: Change,
  deed: Deed,
  trx: Transaction,
): Promise<void> {
  const owner = ownerOf(factor);
  const { happenedAt, address } = deed;
  const turned = after && { before: { on: !after.on }, after };
  await endSessionsOf(owner, happenedAt, trx);
  await AuditEntry.record({ ...deed, ...turned, action, subjectType: owner.kind, subjectId: owner.id }, trx);
  const values = address && deed.actorId === owner.id ? { address } : {};
  await AccountLetter.promise(owner, { kind: letter, values, happenedAt }, trx);
}
