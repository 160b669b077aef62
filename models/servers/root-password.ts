import { createHash } from 'node:crypto';
import { Model, type QueryBuilder, type Transaction } from 'objection';

const KEPT_MS = 48 * 3_600_000;

/**
 * A server's first root password, sealed until it is shown once, and for 48 hours at most after the letter left that leads
 * to it.
 */
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
  static async takeOut(
    serviceId: string,
    shownTo: string | null,
    at: Date,
    trx: Transaction,
  ): Promise<Buffer | undefined> {
    const row = await RootPassword.query(trx).findById(serviceId).forUpdate();
    if (!row?.isThereAt(at)) return undefined;
    const { passwordSealed } = row;
    await row.$query(trx).patch({ passwordSealed: null, shownAt: at, shownTo });
    return passwordSealed ?? undefined;
  }

  /** Not shown to anybody yet, and not too old. */
  isThereAt(at: Date): boolean {
    return this.passwordSealed !== null && this.expiresAt > at;
  }
}

/** Whoever is told of it has so long to look. */
export function keptUntil(told: Date): Date {
  return new Date(told.getTime() + KEPT_MS);
}

export function rootPasswordLinkHash(token: string): Buffer {
  return createHash('sha256').update(`root-password:${token}`).digest();
}
