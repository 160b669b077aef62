import { createHash } from 'node:crypto';
import { Model, type QueryBuilder } from 'objection';

/** A server's first root password, sealed until it is shown once, and for 48 hours at most. */
export class RootPassword extends Model {
  static override tableName = 'root_passwords';
  static override idColumn = 'serviceId';

  declare serviceId: string;
  declare passwordSealed: Buffer | null;
  declare cryptHash: string;
  declare linkHash: Buffer;
  declare createdAt: Date;
  declare expiresAt: Date;
  declare shownAt: Date | null;
  declare shownTo: string | null;

  static override modifiers = {
    openedBy: (query: QueryBuilder<RootPassword>, token: string) =>
      query.where('linkHash', rootPasswordLinkHash(token)),
  };

  /** Takes the sealed password out of its row: of two who ask at once, one gets it. */
  static async takeOut(serviceId: string, shownTo: string | null, at: Date): Promise<Buffer | undefined> {
    return RootPassword.transaction(async (trx) => {
      const row = await RootPassword.query(trx).findById(serviceId).forUpdate();
      if (!row?.passwordSealed || row.expiresAt <= at) return undefined;
      await row.$query(trx).patch({ passwordSealed: null, shownAt: at, shownTo });
      return row.passwordSealed;
    });
  }
}

export function rootPasswordLinkHash(token: string): Buffer {
  return createHash('sha256').update(`root-password:${token}`).digest();
}
