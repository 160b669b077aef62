import { createHash } from 'node:crypto';
import { Model, type Transaction } from 'objection';
import { spelledCode } from '../../rules/accounts/recovery-codes.js';

/** For the day on which the telephone is gone: each opens the door once. */
export class RecoveryCode extends Model {
  static override tableName = 'recovery_codes';

  declare id: string;
  declare secondFactorId: string;
  declare codeHash: Buffer;
  declare usedAt: Date | null;

  /** These and no others from now on. */
  static async replace(secondFactorId: string, codes: readonly string[], trx: Transaction): Promise<void> {
    await RecoveryCode.query(trx).where({ secondFactorId }).delete();
    await RecoveryCode.query(trx).insert(codes.map((code) => ({ secondFactorId, codeHash: hashOf(code) })));
  }

  /** Whether it was one of theirs, not used before; then it is now. */
  static async useUp(secondFactorId: string, typed: string, usedAt: Date): Promise<boolean> {
    if (!spelledCode(typed)) return false;
    const left = RecoveryCode.query()
      .where({ secondFactorId, codeHash: hashOf(typed) })
      .whereNull('usedAt');
    return (await left.patch({ usedAt })) === 1;
  }

  static async left(secondFactorId: string): Promise<number> {
    return RecoveryCode.query().where({ secondFactorId }).whereNull('usedAt').resultSize();
  }
}

/** They hold eighty bits of chance, so a plain hash cannot be tried out. */
function hashOf(code: string): Buffer {
  return createHash('sha256')
    .update(spelledCode(code) ?? '')
    .digest();
}
