import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { AddressReservation } from '../../../models/network/address-reservation.js';
import { countHoldings, holdingsFound } from '../../../models/network/prefix-holdings.js';
import { countPrefixes, prefixesFound } from '../../../models/network/prefix-search.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { blockOf } from '../../../rules/network/blocks.js';
import { sendCsv } from '../../csv-download.js';
import { isUuid, typedText } from '../../forms/fields.js';
import { type FieldProblem, parseReservation, readMoment } from '../../forms/staff/prefix.js';
import { readListWish } from '../../presenters/list.js';
import { holdingsOffer, presentPrefix } from '../../presenters/staff/prefix.js';
import { holdingCells, holdingsCsvHead } from '../../presenters/staff/prefix-rows.js';
import {
  addressOfPrefix,
  prefixCells,
  prefixesCsvHead,
  prefixesOffer,
  presentPrefixes,
} from '../../presenters/staff/prefixes.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';
import { prefixOf } from './prefix-address.js';

const ANSWERED = 10;

/** Prefixes with what of them is in use, and a page for each: who has an address, who had it, what is held back and why. */
export function prefixRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const seen = { staff: 'hardware:see' } as const;
  const changed = { staff: 'hardware:change' } as const;

  async function list({ query }: PathRequest, response: Response): Promise<void> {
    const { reader, staff } = response.locals;
    const { wish, wanted } = asked(query);
    const about = { prefixId: undefined, query: wish.query, filter: 'now', at: undefined, now: wanted.now } as const;
    const [rows, count, holdings] = await Promise.all([
      prefixesFound(wanted, wish),
      countPrefixes(wanted),
      blockOf(wish.query) ? holdingsFound(about, { offset: 0, limit: ANSWERED }) : undefined,
    ]);
    const mayChange = staffMay(staff.role, 'hardware:change');
    response.render('staff/prefixes', presentPrefixes(reader, { rows, count, wish, holdings, mayChange }));
  }

  async function download({ query }: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(query);
    const read = (offset: number, limit: number) => prefixesFound(wanted, { offset, limit });
    await sendCsv(response, 'prefixes.csv', prefixesCsvHead(reader), read, (row) => prefixCells(reader, row));
  }

  async function show(
    { params, query }: PathRequest,
    response: Response,
    refused: { typed?: Readonly<Record<string, string>>; wrong?: readonly FieldProblem[] } = {},
  ): Promise<void> {
    const { reader, staff } = response.locals;
    const prefix = await prefixOf(params, now());
    const wish = readListWish(query, holdingsOffer(prefix.block));
    const at = readMoment(query.at, reader.timeZone);
    const filter = wish.filter ?? 'now';
    const wanted = { prefixId: prefix.id, query: wish.query, filter, at: at.moment, now: now() };
    const [rows, counts] = await Promise.all([holdingsFound(wanted, wish), countHoldings(wanted)]);
    const rights = {
      mayChange: staffMay(staff.role, 'hardware:change'),
      mayReadAudit: staffMay(staff.role, 'audit:see'),
    };
    const typed = refused.typed ?? { block: typeof query.reserve === 'string' ? query.reserve.slice(0, 60) : '' };
    const input = { prefix, rows, counts, wish, at, ...rights, typed, wrong: refused.wrong ?? [] };
    response.render('staff/prefix', presentPrefix(reader, input));
  }

  async function report({ params, query }: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { id, block } = await prefixOf(params, now());
    const wish = readListWish(query, holdingsOffer(block));
    const at = readMoment(query.at, reader.timeZone).moment;
    const wanted = { prefixId: id, query: wish.query, filter: wish.filter ?? 'now', at, now: now() };
    const read = (offset: number, limit: number) => holdingsFound(wanted, { offset, limit });
    const name = `prefix-${block.replaceAll(/[^0-9a-f.]/g, '-')}.csv`;
    await sendCsv(response, name, holdingsCsvHead(reader), read, (holding) => holdingCells(reader, holding));
  }

  async function reserve(request: PathRequest, response: Response): Promise<void> {
    const prefix = await prefixOf(request.params, now());
    const typed = typedText(request.body);
    const form = parseReservation(request.body);
    if ('wrong' in form) return show(request, response.status(422), { typed, wrong: form.wrong });
    const outcome = await AddressReservation.reserve(prefix.id, form.value, actOf(request, response, now()));
    if (outcome !== 'reserved') {
      const wrong = [{ field: 'block', problem: outcome.refused }];
      return show(request, response.status(409), { typed, wrong });
    }
    response.redirect(303, addressOfPrefix(prefix.block));
  }

  async function release(request: PathRequest, response: Response): Promise<void> {
    const prefix = await prefixOf(request.params, now());
    const { id } = request.params;
    if (!isUuid(id)) throw new NotFoundError({});
    await AddressReservation.end(prefix.id, id, actOf(request, response, now()));
    response.redirect(303, addressOfPrefix(prefix.block));
  }

  function asked(query: PathRequest['query']) {
    const wish = readListWish(query, prefixesOffer);
    return { wish, wanted: { ...wish, filter: wish.filter ?? 'all', now: now() } };
  }

  const path = '/staff/prefixes/:block';
  return [
    { method: 'get', path: '/staff/prefixes', right: seen, handle: list },
    { method: 'get', path: '/staff/prefixes.csv', right: seen, handle: download },
    { method: 'get', path, right: seen, handle: (request, response) => show(request, response) },
    { method: 'get', path: `${path}/report.csv`, right: seen, handle: report },
    { method: 'post', path: `${path}/reservations`, right: changed, handle: reserve },
    { method: 'delete', path: `${path}/reservations/:id`, right: changed, handle: release },
  ];
}
