import type { Response } from 'express';
import { namesOfSubjects } from '../../../models/accounts/audit-names.js';
import { auditFound } from '../../../models/accounts/audit-search.js';
import { sendCsv } from '../../csv-download.js';
import { spanOf } from '../../forms/narrowing.js';
import { readAuditFilter } from '../../forms/staff/audit-filter.js';
import { presentTrail, trailCells, trailCsvHead, trailOffer } from '../../presenters/audit-trail.js';
import { readListWish } from '../../presenters/list.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** What was done for a customer, by whom: what concerns them and those who act for them, and nobody else. */
export function trailRoutes(): RouteDeclaration[] {
  const right = { section: 'users', level: 'visitor' } as const;

  function asked({ query }: PathRequest, { locals }: Response) {
    const wish = readListWish(query, trailOffer);
    const filter = readAuditFilter({ ...query, customer: undefined });
    const { from, until } = spanOf(filter, locals.reader.timeZone);
    const { number: customer } = locals.customer;
    const actorKind = wish.filter === 'all' ? undefined : wish.filter;
    const { query: words, direction } = wish;
    const wanted = { query: words, actorKind, action: filter.action, customer, from, until, direction };
    return { wish, filter, found: () => auditFound(wanted) };
  }

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { wish, filter, found } = asked(request, response);
    const { results: entries, total: count } = await found().range(wish.offset, wish.offset + wish.limit - 1);
    const names = await namesOfSubjects(entries);
    const { reader, brand } = response.locals;
    response.render('accounts/trail', presentTrail(reader, { entries, names, count, wish, filter, shop: brand.name }));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { found } = asked(request, response);
    const { reader, brand } = response.locals;
    const read = async (offset: number, limit: number) => {
      const entries = await found().offset(offset).limit(limit);
      const names = await namesOfSubjects(entries);
      return entries.map((entry) => ({ entry, names }));
    };
    await sendCsv(response, 'audit.csv', trailCsvHead(reader), read, (row) => trailCells(reader, row, brand.name));
  }

  return [
    { method: 'get', path: '/account/audit', right, handle: list },
    { method: 'get', path: '/account/audit.csv', right, handle: download },
  ];
}
