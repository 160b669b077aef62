import { cardRequestRefusal, type DeskRefusal } from '../../rules/billing/collecting.js';
import type { AskedBy } from '../../workflows/messages/desk.js';
import { actOfAsker } from '../accounts/asked-by.js';
import { recordAct } from '../accounts/staff-act.js';
import { TimelineEntry } from '../timeline-entry.js';
import { CollectionPlan } from './collection-plan.js';
import { Invoice } from './invoice.js';
import { PaymentAttempt } from './payment-attempt.js';

/** Writes that staff ask the customer for another card, with sentence and audit entry, before the letter; says why not, or nothing. */
export function askForCard(invoiceId: string, by: AskedBy, at: Date): Promise<DeskRefusal | undefined> {
  return Invoice.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    const cardAskedAt = (await CollectionPlan.query(trx).findById(invoiceId))?.cardAskedAt ?? null;
    if (cardAskedAt?.getTime() === at.getTime()) return undefined; // the activity is tried again
    const attempt = await PaymentAttempt.query(trx).modify('open').findOne({ invoiceId });
    const refusal = cardRequestRefusal({
      status: invoice.status,
      attempt: attempt?.status,
      askedAt: cardAskedAt,
      now: at,
    });
    if (refusal) return refusal;
    await CollectionPlan.query(trx)
      .insert({ invoiceId, cardAskedAt: at })
      .onConflict('invoiceId')
      .merge(['cardAskedAt']);
    const about = { action: 'invoice.card_asked', subjectType: 'invoice', subjectId: invoice.number } as const;
    const values = { before: { cardAskedAt }, after: { cardAskedAt: at } };
    await recordAct(await actOfAsker(by, at, trx), { ...about, ...values }, trx);
    const told = { event: 'invoice.card_asked', actor: 'staff', actorId: by.staffId } as const;
    await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoiceId, happenedAt: at, ...told }, trx);
    return undefined;
  });
}
