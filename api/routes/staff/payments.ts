import type { Response } from 'express';
import { failedSums, listFailedPayments, pageOfFailedPayments } from '../../../models/billing/failed-payment-list.js';
import { staffMay } from '../../../rules/accounts/staff-rights.js';
import { dayAt } from '../../../rules/calendar.js';
import { sendCsv } from '../../csv-download.js';
import { readFailedNarrowing } from '../../forms/staff/failed-narrowing.js';
import { readListWish } from '../../presenters/list.js';
import { failedCells, failedCsvHead, failedOffer, presentFailed } from '../../presenters/staff/payments.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';

/** Invoices that a card did not pay, and what happens to them next. */
export function failedPaymentRoutes({ now }: { readonly now: () => Date }): RouteDeclaration[] {
  const right = { staff: 'billing:see' } as const;

  async function list(request: PathRequest, response: Response): Promise<void> {
    const { wish, wanted } = asked(request, response);
    const [found, sums] = await Promise.all([pageOfFailedPayments(wanted, wish), failedSums(wanted.today)]);
    const mayChange = staffMay(response.locals.staff.role, 'billing:change');
    const input = { ...found, sums, today: wanted.today, now: now(), narrow: wanted.narrow, mayChange };
    response.render('staff/payments', presentFailed(response.locals.reader, wish, input));
  }

  async function download(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const { wanted } = asked(request, response);
    const read = (offset: number, limit: number, last?: { id: string }) =>
      listFailedPayments(wanted, { offset, limit, after: last?.id });
    await sendCsv(response, 'failed-payments.csv', failedCsvHead(reader), read, (each) => failedCells(reader, each));
  }

  function asked({ query }: PathRequest, { locals: { reader } }: Response) {
    const wish = readListWish(query, failedOffer);
    const narrow = readFailedNarrowing(query);
    return { wish, wanted: { ...wish, narrow, now: now(), today: dayAt(now(), reader.timeZone) } };
  }

  return [
    { method: 'get', path: '/staff/payments', right, handle: list },
    { method: 'get', path: '/staff/payments.csv', right, handle: download },
  ];
}
