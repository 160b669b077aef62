import type { Transaction } from 'objection';
import { cardName } from '../../rules/billing/card-name.js';
import type { AskedBy } from '../../workflows/messages/desk.js';
import { actOfAsker } from '../accounts/asked-by.js';
import { recordAct } from '../accounts/staff-act.js';
import { TimelineEntry } from '../timeline-entry.js';
import type { Invoice } from './invoice.js';
import { PaymentMethod } from './payment-method.js';

interface Retry {
  readonly invoice: Invoice;
  readonly paymentMethodId: string;
  readonly amount: { readonly amountMinor: number; readonly currency: string };
}

/** Sentence and audit entry of a try that staff asked for, in the transaction that opens it: once, however often it is sent. */
export async function recordRetry(
  { invoice, paymentMethodId, amount }: Retry,
  by: AskedBy,
  at: Date,
  trx: Transaction,
): Promise<void> {
  const method = await PaymentMethod.query(trx).findById(paymentMethodId).throwIfNotFound();
  const card = cardName(method);
  const about = { action: 'invoice.retried', subjectType: 'invoice', subjectId: invoice.number } as const;
  await recordAct(await actOfAsker(by, at, trx), { ...about, after: { card, amount } }, trx);
  const told = { event: 'invoice.retried', values: { card, amount }, actor: 'staff', actorId: by.staffId } as const;
  await TimelineEntry.tell({ subjectType: 'invoice', subjectId: invoice.id, happenedAt: at, ...told }, trx);
}
