import type { Transaction } from 'objection';
import { cardName } from '../../rules/billing/card-name.js';
import { type DeskRefusal, deskRefusal } from '../../rules/billing/collecting.js';
import { failuresOf } from '../../rules/billing/failed-attempts.js';
import { nextTryAt, type RetryPlan } from '../../rules/billing/retry-schedule.js';
import { planOf, type ScheduleChange, scheduleRefusal } from '../../rules/billing/schedule-change.js';
import type { AskedBy } from '../../workflows/messages/desk.js';
import { actOfAsker } from '../accounts/asked-by.js';
import { recordAct } from '../accounts/staff-act.js';
import { Order } from '../orders/order.js';
import { TimelineEntry, type TimelineEvent } from '../timeline-entry.js';
import { CollectionPlan } from './collection-plan.js';
import { Invoice } from './invoice.js';
import { PaymentAttempt } from './payment-attempt.js';
import { PaymentMethod } from './payment-method.js';
import { RetrySchedule } from './retry-schedule.js';

type Sentence = Pick<TimelineEvent, 'event' | 'values'>;

interface Wish {
  readonly change: ScheduleChange;
  readonly by: AskedBy;
}

/** Writes what staff said of the next try, with sentence and audit entry, once; says why not, or nothing. */
export function changeSchedule(invoiceId: string, { change, by }: Wish, at: Date): Promise<DeskRefusal | undefined> {
  return Invoice.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    const plan = await CollectionPlan.of(invoiceId, trx);
    const planned = planOf(change, plan);
    if (JSON.stringify(plan) === JSON.stringify(planned)) return undefined;
    const tries = await PaymentAttempt.query(trx).where({ invoiceId }).orderBy('startedAt');
    const barred = deskRefusal({ status: invoice.status, attempt: tries.find(({ settledAt }) => !settledAt)?.status });
    if (barred) return barred;
    const card = await cardOf(planned, invoice, trx);
    if (planned?.tryAt && !card) return 'noCard';
    const declined = tries.filter(({ status }) => status === 'declined');
    const failed = failuresOf(declined);
    const policy = await RetrySchedule.policyFor(failed, trx);
    const next = nextTryAt(policy, { failed, plan });
    const lapsesAt = await lapseOf(invoice, trx);
    const refusal = scheduleRefusal(change, { now: at, last: lastOf(declined), next, lapsesAt });
    if (refusal) return refusal;

    await CollectionPlan.keep(invoiceId, planned, trx);
    const then = nextTryAt(policy, { failed, plan: planned });
    const about = { action: 'invoice.schedule_changed', subjectType: 'invoice', subjectId: invoice.number } as const;
    const given = change.kind === 'grant' ? { days: change.days, reason: change.reason } : {};
    const after = { ...told(planned, then), ...(card && { card: cardName(card) }), ...given };
    await recordAct(await actOfAsker(by, at, trx), { ...about, before: told(plan, next), after }, trx);
    const sentence = change.kind === 'grant' ? granted(then) : sentenceOf(planned, then, card);
    const who = { actor: 'staff', actorId: by.staffId } as const;
    await TimelineEntry.tell(
      { subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...sentence, ...who },
      trx,
    );
    return undefined;
  });
}

function cardOf(plan: RetryPlan | null, { customerId }: Invoice, trx: Transaction) {
  if (!plan?.paymentMethodId) return undefined;
  return PaymentMethod.query(trx).where({ customerId }).modify('usable').findById(plan.paymentMethodId);
}

async function lapseOf({ orderId }: Invoice, trx: Transaction): Promise<Date | undefined> {
  if (!orderId) return undefined;
  return (await Order.query(trx).findOne({ id: orderId, status: 'awaiting_payment' }))?.expiresAt;
}

function lastOf(declined: readonly PaymentAttempt[]) {
  const last = declined.at(-1);
  return last?.declineKind ? { kind: last.declineKind, paymentMethodId: last.paymentMethodId } : undefined;
}

function told(plan: RetryPlan | null, next: string | undefined) {
  return { nextTry: next ?? null, heldUntil: plan?.heldUntil ?? null };
}

function granted(next: string | undefined): Sentence {
  return { event: 'invoice.days_granted', values: { at: { instant: next ?? '' } } };
}

function sentenceOf(plan: RetryPlan | null, next: string | undefined, card: PaymentMethod | undefined): Sentence {
  const at = { instant: next ?? '' };
  if (plan?.heldUntil) return { event: 'invoice.tries_held', values: { until: { instant: plan.heldUntil } } };
  if (card) return { event: 'invoice.try_planned', values: { at, card: cardName(card) } };
  return next ? { event: 'invoice.tries_usual', values: { at } } : { event: 'invoice.tries_over' };
}
