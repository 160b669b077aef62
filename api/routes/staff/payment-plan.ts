import type { UpdateDefinition } from '@temporalio/common';
import type { Response } from 'express';
import type { StaffMember } from '../../../models/accounts/staff-member.js';
import { invoiceNumbered } from '../../../models/billing/invoice-story.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { WriteOff } from '../../../models/billing/write-off.js';
import { deskRefusal } from '../../../rules/billing/collecting.js';
import { exceededInDay, mayWriteOff } from '../../../rules/billing/write-off-limit.js';
import type { Money } from '../../../rules/money.js';
import { askForCard, changeSchedule, writeOff } from '../../../workflows/messages/desk.js';
import { askCollector, type DeskDeps } from '../../desk-wish.js';
import { typedText } from '../../forms/fields.js';
import { parseGrant } from '../../forms/staff/grant.js';
import { parseSchedule } from '../../forms/staff/schedule.js';
import { parseWriteOff } from '../../forms/staff/write-off.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { askerOf, showDesk } from './desk-page.js';

/** How collecting an invoice goes on: when a card is tried next, another card asked for, or nothing any more. */
export function paymentPlanRoutes(deps: DeskDeps): RouteDeclaration[] {
  const right = { staff: 'billing:change' } as const;
  const path = '/staff/payments/:number';

  /** The process decides; that a try is under way is told before, since it would answer only after that. */
  async function ask<Wish>(
    request: PathRequest,
    response: Response,
    message: UpdateDefinition<void, [Wish]>,
    wish: Wish,
  ): Promise<void> {
    const invoice = await invoiceNumbered(request.params.number ?? '');
    const attempt = await PaymentAttempt.query().modify('open').findOne({ invoiceId: invoice.id });
    const barred = deskRefusal({ status: invoice.status, attempt: attempt?.status });
    const asked = barred ? { refusal: barred } : await askCollector(deps, invoice, message, wish);
    if ('refusal' in asked) {
      return showDesk(response.status(409), invoice.number, deps.now(), { refusal: asked.refusal });
    }
    response.redirect(303, `/staff/payments/${invoice.number}`);
  }

  async function plan(request: PathRequest, response: Response): Promise<void> {
    const form = parseSchedule(request.body, response.locals.reader.timeZone);
    if ('value' in form) {
      return ask(request, response, changeSchedule, { change: form.value, by: askerOf(request, response) });
    }
    const rejected = { typed: typedText(request.body), wrong: form.wrong };
    return showDesk(response.status(422), request.params.number ?? '', deps.now(), { plan: rejected });
  }

  async function grant(request: PathRequest, response: Response): Promise<void> {
    const form = parseGrant(request.body);
    if ('value' in form) {
      const change = { kind: 'grant', ...form.value } as const;
      return ask(request, response, changeSchedule, { change, by: askerOf(request, response) });
    }
    const rejected = { typed: typedText(request.body), wrong: form.wrong };
    return showDesk(response.status(422), request.params.number ?? '', deps.now(), { grant: rejected });
  }

  async function giveUp(request: PathRequest, response: Response): Promise<void> {
    const form = parseWriteOff(request.body);
    if ('value' in form) {
      const invoice = await invoiceNumbered(request.params.number ?? '');
      const refusal = await aboveLimit(response.locals.staff, await invoice.due());
      if (refusal) return showDesk(response.status(403), invoice.number, deps.now(), { refusal });
      return ask(request, response, writeOff, { ...form.value, by: askerOf(request, response) });
    }
    const rejected = { typed: typedText(request.body), wrong: form.wrong };
    return showDesk(response.status(422), request.params.number ?? '', deps.now(), { writeOff: rejected });
  }

  async function aboveLimit({ id, role }: StaffMember, lost: Money) {
    if (!mayWriteOff(role, lost)) return 'aboveLimit';
    return exceededInDay(role, [lost], await WriteOff.withinDay(id, deps.now())) && 'aboveDayLimit';
  }

  const unplan = (request: PathRequest, response: Response) =>
    ask(request, response, changeSchedule, { change: { kind: 'usual' }, by: askerOf(request, response) } as const);
  const write = (request: PathRequest, response: Response) =>
    ask(request, response, askForCard, { by: askerOf(request, response) });

  return [
    { method: 'post', path: `${path}/schedule`, right, handle: plan },
    { method: 'delete', path: `${path}/schedule`, right, handle: unplan },
    { method: 'post', path: `${path}/grants`, right, handle: grant },
    { method: 'post', path: `${path}/card-requests`, right, handle: write },
    { method: 'post', path: `${path}/write-off`, right, handle: giveUp },
  ];
}
