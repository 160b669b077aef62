import { randomUUID } from 'node:crypto';
import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { CollectionBatch } from '../../../models/billing/collection-batch.js';
import { CollectionBatchItem } from '../../../models/billing/collection-batch-item.js';
import { failedNumbered, listFailedPayments } from '../../../models/billing/failed-payment-list.js';
import { WriteOff } from '../../../models/billing/write-off.js';
import { BATCH_LIMIT, type Circumstances, leftOut } from '../../../rules/billing/batch-selection.js';
import { exceededInDay } from '../../../rules/billing/write-off-limit.js';
import { dayAt } from '../../../rules/calendar.js';
import { collectionBatch } from '../../../workflows/messages/collection-batch.js';
import type { DeskDeps } from '../../desk-wish.js';
import { isUuid, typedText } from '../../forms/fields.js';
import { parseBatch, parseBatchDetails, readBatchWish } from '../../forms/staff/batch.js';
import { readFailedNarrowing } from '../../forms/staff/failed-narrowing.js';
import { readListWish } from '../../presenters/list.js';
import { presentBatch } from '../../presenters/staff/batch.js';
import { dueOf, type PreviewInput, presentPreview } from '../../presenters/staff/batch-preview.js';
import { failedOffer } from '../../presenters/staff/payments.js';
import { startPromised } from '../../promised-process.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { actOf } from './act.js';

/** Offered first; who grants others types them. */
const A_WEEK = 7;

/** A set of failed payments that staff act on together: first what would be done, then what came of each. */
export function paymentBatchRoutes(deps: DeskDeps): RouteDeclaration[] {
  const { now } = deps;
  const [see, right] = [{ staff: 'billing:see' } as const, { staff: 'billing:change' } as const];
  const today = ({ locals }: Response) => dayAt(now(), locals.reader.timeZone);

  async function preview({ query }: PathRequest, response: Response): Promise<void> {
    const { act, picked } = readBatchWish(query);
    const narrow = readFailedNarrowing(query);
    const wanted = { ...readListWish(query, failedOffer), narrow, now: now(), today: today(response) };
    const stretch = { offset: 0, limit: BATCH_LIMIT };
    const found =
      picked.length > 0 ? await failedNumbered(picked, wanted.today) : await listFailedPayments(wanted, stretch);
    await show(response, { act, found, batch: randomUUID() });
  }

  async function show(response: Response, input: Omit<PreviewInput, keyof Circumstances | 'givenUp'>): Promise<void> {
    const { staff } = response.locals;
    const givenUp = await WriteOff.withinDay(staff.id, now());
    const circumstances = { role: staff.role, now: now(), days: A_WEEK, givenUp };
    response.render('staff/batch-preview', presentPreview(response.locals.reader, { ...input, ...circumstances }));
  }

  /** What was shown is what is sent; which of it can be done each process says for itself. */
  async function send(request: PathRequest, response: Response): Promise<void> {
    const form = parseBatch(request.body);
    if (!form) return response.redirect(303, '/staff/payments');
    const { batch: id, act, numbers } = form;
    const found = await failedNumbered(numbers, today(response));
    const details = parseBatchDetails(act, request.body);
    if ('wrong' in details) {
      const rejected = { typed: typedText(request.body), wrong: details.wrong };
      return show(response.status(422), { act, found, batch: id, rejected });
    }
    const { id: staffId, role } = response.locals.staff;
    // How far the days reach its own process says of each.
    const chosen = found.filter((each) => !leftOut(act, each, { role, now: now(), days: 0 }));
    const known = await CollectionBatch.query().findById(id);
    if (!known && chosen.length === 0) return show(response.status(409), { act, found, batch: id });
    const givenUp = await WriteOff.withinDay(staffId, now());
    if (!known && act === 'write_off' && exceededInDay(role, chosen.map(dueOf), givenUp))
      return show(response.status(403), { act, found, batch: id });
    if (!known) {
      const wanted = { id, act, ...details.value, invoices: chosen };
      await CollectionBatch.accept(wanted, actOf(request, response, now()));
    }
    await startPromised(deps, collectionBatch, { batchId: id });
    response.redirect(303, `/staff/payment-batches/${id}`);
  }

  async function follow({ params: { id } }: PathRequest, response: Response): Promise<void> {
    if (!isUuid(id)) throw new NotFoundError({});
    const batch = await CollectionBatch.query().findById(id).withGraphFetched('asker').throwIfNotFound();
    const items = await CollectionBatchItem.query()
      .where({ batchId: id })
      .orderBy('position')
      .withGraphFetched('invoice.customer');
    response.render('staff/batch', presentBatch(response.locals.reader, batch, items));
  }

  return [
    { method: 'get', path: '/staff/payment-batches/new', right, handle: preview },
    { method: 'post', path: '/staff/payment-batches', right, handle: send },
    { method: 'get', path: '/staff/payment-batches/:id', right: see, handle: follow },
  ];
}
