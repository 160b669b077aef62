import { type DeskRefusal, deskRefusal } from '../../rules/billing/collecting.js';
import type { Money } from '../../rules/money.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { type CreditUser, useCredit } from './credit-use.js';
import { Invoice } from './invoice.js';
import { PaymentAttempt } from './payment-attempt.js';

/** `noCredit`: there is none, or another invoice took it. */
export type CreditRefusal = DeskRefusal | 'noCredit';

type Answer = { readonly used: Money } | { readonly refusal: CreditRefusal };

/**
 * Pays an invoice with its customer's credit at their wish, whole or as far as it goes. Refused while a card may be charged
 * for it: the lock on the invoice is what an attempt takes too.
 */
export function payWithCredit(invoiceId: string, userId: string, at: Date): Promise<Answer> {
  return Invoice.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    return use(invoice, { userId }, at, trx);
  });
}

/** The same at the wish of staff, with its audit entry. */
export function useCreditForCustomer(invoiceId: string, act: StaffAct): Promise<Answer> {
  return Invoice.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    const answer = await use(invoice, { staffId: act.staff.id }, act.at, trx);
    if ('refusal' in answer) return answer;
    const change = { action: 'invoice.credit_used', subjectType: 'invoice', subjectId: invoice.number } as const;
    await recordAct(act, { ...change, after: { amount: answer.used } }, trx);
    return answer;
  });
}

async function use(
  invoice: Invoice,
  user: CreditUser,
  at: Date,
  trx: Parameters<typeof useCredit>[2],
): Promise<Answer> {
  const attempt = await PaymentAttempt.query(trx).modify('open').findOne({ invoiceId: invoice.id });
  const refusal = deskRefusal({ status: invoice.status, attempt: attempt?.status });
  if (refusal) return { refusal };
  const used = await useCredit(invoice, at, trx, user);
  return used ? { used } : { refusal: 'noCredit' };
}
