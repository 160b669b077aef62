import { Model } from 'objection';
import { BookCheck } from './book-check.js';
import { type SealHead, sealHead } from './ledger-seal.js';

const SHOWN = 20;

export interface PastCheck {
  readonly askedAt: Date;
  readonly askedBy: string | null;
  readonly beganAt: Date;
  readonly endedAt: Date;
  readonly broken: number;
  readonly unlooked: number;
  /** Of which not all that is outside answered. */
  readonly partly: number;
}

export interface BooksTold {
  /** The last one that ended, with its findings. */
  readonly last: BookCheck | undefined;
  /** Asked for or under way. */
  readonly open: BookCheck | undefined;
  readonly past: readonly PastCheck[];
  readonly head: SealHead | undefined;
}

/** What staff read of the books: the last check, the ones before it, and how far the ledger is sealed. */
export async function tellBooks(): Promise<BooksTold> {
  const ended = BookCheck.query().modify('newestFirst').whereNotNull('endedAt').withGraphFetched('[findings, staff]');
  const [last, open, past, head] = await Promise.all([
    ended.first(),
    BookCheck.query().modify('open').first(),
    pastChecks(),
    sealHead(Model.knex()),
  ]);
  return { last, open, past, head };
}

function pastChecks(): Promise<PastCheck[]> {
  const knex = Model.knex();
  return knex('book_checks AS c')
    .join('book_findings AS f', 'f.checkId', 'c.id')
    .leftJoin('staff_members AS m', 'm.id', 'c.askedBy')
    .whereNotNull('c.endedAt')
    .groupBy('c.id', 'm.name')
    .orderBy('c.askedAt', 'desc')
    .limit(SHOWN)
    .select('c.askedAt', 'c.beganAt', 'c.endedAt', 'm.name AS askedBy')
    .select(knex.raw('(count(*) FILTER (WHERE f.faults > 0))::int AS broken'))
    .select(knex.raw('(count(*) FILTER (WHERE f.faults IS NULL))::int AS unlooked'))
    .select(knex.raw('(count(*) FILTER (WHERE f.unknowns > 0))::int AS partly'));
}
