import type { Transaction } from 'objection';
import { AccountLetter } from './account-letter.js';
import { AuditEntry, type Deed } from './audit-entry.js';
import { type Person, patchPerson } from './person.js';
import { RecoveryCode } from './recovery-code.js';
import { SecondFactor } from './second-factor.js';
import { SignInPlace } from './sign-in-place.js';

/** What a person proved themself with, besides the password. */
export type SecondStep = 'code' | 'recovery_code' | 'none';

/**
 * Keeps when and from where, and tells the person of what they might not have done themself. False where the password
 * that was compared is not theirs any more: then nobody is let in.
 */
export function recordSignIn(person: Person, secondStep: SecondStep, deed: Deed): Promise<boolean> {
  const seen = { lastSignInAt: deed.happenedAt, lastSignInAddress: deed.address ?? null };
  const asCompared = { passwordHash: person.passwordHash };
  return AuditEntry.transaction(async (trx) => {
    if (!(await patchPerson(person, seen, trx, asCompared))) return false;
    const subject = { subjectType: person.kind, subjectId: person.id };
    await AuditEntry.record({ ...deed, ...subject, action: 'sign_in.done', after: { secondStep } }, trx);
    await tellOfSignIn(person, secondStep, deed, trx);
    return true;
  });
}

async function tellOfSignIn(person: Person, secondStep: SecondStep, deed: Deed, trx: Transaction): Promise<void> {
  const { happenedAt } = deed;
  const address = deed.address ?? '';
  const isNew = await SignInPlace.visit(person, address, happenedAt, trx);
  if (isNew) await AccountLetter.promise(person, { kind: 'new_place', values: { address }, happenedAt }, trx);
  if (secondStep !== 'recovery_code') return;
  const factor = await SecondFactor.standing(person);
  const values = { address, left: factor ? await RecoveryCode.left(factor.id) : 0 };
  await AccountLetter.promise(person, { kind: 'recovery_code_used', values, happenedAt }, trx);
}

/** A step that was not passed. */
export type RefusedStep = 'password' | 'code' | 'recovery_code';

/**
 * One row whoever was named, so that the work does not say who exists. A name nobody has is not kept: now and then it
 * is a password, typed into the wrong field.
 */
export function recordRefusal(
  kind: Person['kind'],
  person: Person | undefined,
  step: RefusedStep,
  { address, happenedAt }: Pick<Deed, 'address' | 'happenedAt'>,
): Promise<void> {
  return AuditEntry.record({
    actorKind: 'guest',
    actorName: person?.name ?? '?',
    action: 'sign_in.refused',
    subjectType: kind,
    subjectId: person?.id ?? '?',
    after: { step },
    ...(address !== undefined && { address }),
    happenedAt,
  });
}
