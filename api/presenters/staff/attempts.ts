import { formatMoney } from '../../../locales/formats.js';
import type { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

/** For `staff/_attempts`: every try to charge a card, with the provider's own words for it. */
export function presentAttempts(reader: Reader, attempts: readonly PaymentAttempt[]) {
  return attempts.map(({ startedAt, paymentMethod, amount, status, declineCode, intentId }) => ({
    started: moment(reader, startedAt),
    card: `${paymentMethod.brand} ${paymentMethod.last4}`,
    amount: formatMoney(reader.language, amount),
    pill: pill(reader.language, 'payment', status),
    code: declineCode ?? '',
    reference: intentId ?? '',
  }));
}
