import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { Payment } from '../../../models/billing/payment.js';
import type { Language } from '../../../rules/accounts/languages.js';

/** For `partials/sums`, below the total: what was paid and how, and what is left while anything is owed. */
export function settledSums(
  language: Language,
  { invoice, due, receipts }: Pick<InvoiceStory, 'invoice' | 'due' | 'receipts'>,
) {
  if (receipts.length === 0) return [];
  const left = { label: phrase(language, 'billing:panel.left'), amount: formatMoney(language, due), rule: true };
  return [...receipts.map((receipt) => receiptSum(language, receipt)), ...(invoice.status === 'open' ? [left] : [])];
}

export function receiptSum(language: Language, { method, amount }: Pick<Payment, 'method' | 'amount'>) {
  return { label: phrase(language, `billing:page.paidBy.${method}`), amount: `−${formatMoney(language, amount)}` };
}
