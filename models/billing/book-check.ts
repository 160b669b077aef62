import { Model, type QueryBuilder, type Transaction } from 'objection';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { StaffMember } from '../accounts/staff-member.js';
import type { Looked } from '../durable/invariants/invariant.js';
import { BookFinding } from './book-finding.js';
import type { SealHead } from './ledger-seal.js';

/** A look at everything that must hold of the books: when, who asked, and what was found. */
export class BookCheck extends Model {
  static override tableName = 'book_checks';

  declare id: string;
  declare askedBy: string | null;
  declare askedAt: Date;
  declare beganAt: Date | null;
  declare endedAt: Date | null;
  declare sealBlock: number | null;
  declare sealHash: string | null;
  declare findings: BookFinding[];
  declare staff?: StaffMember | null;

  static override relationMappings = () => ({
    findings: {
      relation: Model.HasManyRelation,
      modelClass: BookFinding,
      join: { from: 'book_checks.id', to: 'book_findings.checkId' },
      modify: (query: QueryBuilder<BookFinding>) => query.orderBy('position'),
    },
    staff: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'book_checks.askedBy', to: 'staff_members.id' },
    },
  });

  static override modifiers = {
    open: (query: QueryBuilder<BookCheck>) => query.whereNull('endedAt'),
    newestFirst: (query: QueryBuilder<BookCheck>) => query.orderBy('askedAt', 'desc'),
  };

  /** By staff, who wait for it; one that is waiting or under way already is the one. */
  static async ask(act: StaffAct): Promise<void> {
    await BookCheck.transaction(async (trx) => {
      if (!(await BookCheck.insertOnce({ askedBy: act.staff.id, askedAt: act.at }, trx))) return;
      await recordAct(act, { action: 'books.check_asked', subjectType: 'books', subjectId: 'books' }, trx);
    });
  }

  /** The one to be done now: asked for, or left undone by a worker that died, or due because the last one is so old. */
  static async next(at: Date, everyMs: number): Promise<BookCheck | undefined> {
    const last = await BookCheck.query().modify('newestFirst').first();
    const isDue = !last?.endedAt || at.getTime() - last.askedAt.getTime() >= everyMs;
    if (!isDue) return undefined;
    await BookCheck.transaction((trx) => BookCheck.insertOnce({ askedAt: at }, trx));
    const open = await BookCheck.query().modify('open').first().throwIfNotFound();
    return open.$query().patchAndFetch({ beganAt: at });
  }

  /** Done once; a second worker's findings are dropped. */
  async end(findings: readonly Looked[], head: SealHead | undefined, at: Date): Promise<boolean> {
    return BookCheck.transaction(async (trx) => {
      const seal = head ? { sealBlock: head.block, sealHash: head.hash } : {};
      const ended = await this.$query(trx)
        .patch({ endedAt: at, ...seal })
        .whereNull('endedAt');
      if (ended)
        await BookFinding.query(trx).insert(findings.map((found, index) => BookFinding.of(this.id, index, found)));
      return ended > 0;
    });
  }

  private static async insertOnce(check: Pick<BookCheck, 'askedAt'> & { askedBy?: string }, trx: Transaction) {
    return (
      (
        await trx('book_checks')
          .insert(check)
          .onConflict(trx.raw('((true)) WHERE ended_at IS NULL'))
          .ignore()
          .returning('id')
      ).length > 0
    );
  }
}
