import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { declineWords } from '../billing/decline-words.js';
import { moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';

/** For `staff/_attempts`: every try to charge a card; why it was declined, in our words and by the provider's code. */
export function presentAttempts(reader: Reader, attempts: readonly PaymentAttempt[]) {
  return attempts.map(({ startedAt, paymentMethod, amount, status, declineCode, declineKind, intentId }) => ({
    started: moment(reader, startedAt),
    card: cardName(paymentMethod),
    amount: formatMoney(reader.language, amount),
    pill: pill(reader.language, 'payment', status),
    because: declineCode && phrase(reader.language, `payments:because.${declineWords(declineCode, declineKind)}`),
    code: declineCode ?? '',
    reference: intentId ?? '',
  }));
}
