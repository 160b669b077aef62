import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import type { Reader } from '../moments.js';

/** What using the customer's credit for an invoice comes to; nothing where there is none. */
export function presentDeskCredit({ language }: Reader, { credit, due, cardPart }: InvoiceStory, action: string) {
  const used = { ...due, amountMinor: due.amountMinor - cardPart.amountMinor };
  if (used.amountMinor === 0) return undefined;
  const says = (key: string, values: Readonly<Record<string, unknown>>) =>
    phrase(language, `payments:desk.credit.${key}`, values);
  const [amount, left] = [formatMoney(language, used), formatMoney(language, cardPart)];
  return {
    action,
    effect: says('effect', { amount, left, credit: formatMoney(language, credit) }),
    label: says('submit', { amount }),
  };
}
