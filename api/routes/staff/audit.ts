import type { Response } from 'express';
import { namesOfSubjects } from '../../../models/accounts/audit-names.js';
import { auditFound } from '../../../models/accounts/audit-search.js';
import { sendCsv } from '../../csv-download.js';
import { spanOf } from '../../forms/narrowing.js';
import { readAuditFilter } from '../../forms/staff/audit-filter.js';
import { readListWish } from '../../presenters/list.js';
import type { Reader } from '../../presenters/moments.js';
import { auditCells, auditCsvHead, auditOffer, presentAudit } from '../../presenters/staff/audit.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Who did what to what, newest first. There is nothing here that changes an entry, and the table refuses it too. */
export function auditRoutes(): RouteDeclaration[] {
  const right = { staff: 'audit:see' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wish, filter, found } = asked(request, reader);
    const { results: entries, total: count } = await found().range(wish.offset, wish.offset + wish.limit - 1);
    const names = await namesOfSubjects(entries);
    response.render('staff/audit', presentAudit(reader, { entries, names, count, wish, filter }));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { found } = asked(request, reader);
    const read = (offset: number, limit: number) => found().offset(offset).limit(limit).execute();
    await sendCsv(response, 'audit.csv', auditCsvHead(reader), read, auditCells);
  }

  return [
    { method: 'get', path: '/staff/audit', right, handle: list },
    { method: 'get', path: '/staff/audit.csv', right, handle: download },
  ];
}

function asked({ query }: PathRequest, { timeZone }: Reader) {
  const wish = readListWish(query, auditOffer);
  const filter = readAuditFilter(query);
  const { from, until } = spanOf(filter, timeZone);
  const actorKind = wish.filter === 'all' ? undefined : wish.filter;
  const wanted = {
    query: wish.query,
    actorKind,
    action: filter.action,
    customer: filter.customer,
    from,
    until,
    direction: wish.direction,
  };
  return { wish, filter, found: () => auditFound(wanted) };
}
