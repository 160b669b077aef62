import { type DeskRefusal, deskRefusal } from '../../rules/billing/collecting.js';
import type { Money } from '../../rules/money.js';
import { recordAct, type StaffAct } from '../accounts/staff-act.js';
import { creditSum } from './credit-balance.js';
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

const dueWithCredit = `
  SELECT owed.id FROM invoices owed JOIN customers owner ON owner.id = owed.customer_id
  LEFT JOIN collection_plans plan ON plan.invoice_id = owed.id
  WHERE owed.status = 'open' AND owed.order_id IS NULL
    AND owed.due_on <= (:at::timestamptz AT TIME ZONE owner.time_zone)::date AND (plan.held_until IS NULL OR plan.held_until <= :at)
    AND EXISTS (SELECT FROM account_credits a WHERE a.customer_id = owed.customer_id AND a.currency = owed.currency)
    AND ${creditSum('owed.customer_id', 'owed.currency')} > 0
  ORDER BY owed.due_on, owed.number LIMIT :most`;

/**
 * Pays what is due with its customer's credit, by the calendar; on which invoices it was used. Not what an order waits for,
 * which lapses by itself, nor where staff hold tries off.
 */
export async function payDueWithCredit(at: Date, most: number): Promise<string[]> {
  const { rows } = await Invoice.knex().raw<{ rows: { id: string }[] }>(dueWithCredit, { at, most });
  const paid: string[] = [];
  for (const { id } of rows) if (await usedWhenDue(id, at)) paid.push(id);
  return paid;
}

function usedWhenDue(invoiceId: string, at: Date): Promise<boolean> {
  return Invoice.transaction(async (trx) => {
    const invoice = await Invoice.query(trx).findById(invoiceId).forUpdate().throwIfNotFound();
    return 'used' in (await use(invoice, undefined, at, trx));
  });
}

async function use(
  invoice: Invoice,
  user: CreditUser | undefined,
  at: Date,
  trx: Parameters<typeof useCredit>[2],
): Promise<Answer> {
  const attempt = await PaymentAttempt.query(trx).modify('open').findOne({ invoiceId: invoice.id });
  const refusal = deskRefusal({ status: invoice.status, attempt: attempt?.status });
  if (refusal) return { refusal };
  const used = await useCredit(invoice, at, trx, user);
  return used ? { used } : { refusal: 'noCredit' };
}
