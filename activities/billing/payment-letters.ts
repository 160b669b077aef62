import { composeLetter } from '../../gateways/letters.js';
import type { Mailer } from '../../gateways/mailer.js';
import { formatMoment, formatMoney } from '../../locales/formats.js';
import { phrase } from '../../locales/phrases.js';
import { Brand } from '../../models/accounts/brand.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { cardName } from '../../rules/billing/card-name.js';
import { type Delivery, deliverOnce } from '../durable/letter-delivery.js';

export interface PaymentLetterDeps {
  readonly mailer: Mailer;
  /** Where customers reach the shop, without a slash at the end. */
  readonly shopUrl: string;
}

interface Problem {
  readonly attemptId: string;
  /** ISO 8601 instant of the next try by itself; absent when only the customer can help. */
  readonly retryAt?: string | undefined;
}

export type PaymentLetterActivities = ReturnType<typeof createPaymentLetterActivities>;

export function createPaymentLetterActivities({ mailer, shopUrl }: PaymentLetterDeps) {
  return {
    /** Tells the customer, who is not there, why their card was not charged, and where to put it right. */
    async sendPaymentProblem({ attemptId, retryAt }: Problem): Promise<Delivery> {
      const attempt = await PaymentAttempt.query()
        .findById(attemptId)
        .withGraphFetched('[invoice.customer, paymentMethod]')
        .throwIfNotFound();
      const { invoice, amount, declineKind: kind } = attempt;
      const { language, email, timeZone, brandId } = invoice.customer;
      const brand = await Brand.query().findById(brandId).withGraphFetched('legalEntity').throwIfNotFound();
      const said = { number: invoice.number, shop: brand.name };
      const letter = composeLetter('payment-problem', {
        language,
        subject: `billing:letter.${kind}.subject`,
        sentence: phrase(language, `billing:letter.${kind}.sentence`, said),
        ...said,
        amount: formatMoney(language, amount),
        card: cardName(attempt.paymentMethod),
        next: retryAt
          ? phrase(language, 'billing:letter.again', { at: formatMoment(language, new Date(retryAt), timeZone) })
          : phrase(language, 'billing:letter.notAgain'),
        invoiceUrl: `${shopUrl}/invoices/${invoice.number}`,
        brand: {
          name: brand.name,
          accent: brand.accent,
          seller: `${brand.legalEntity.name}, ${brand.legalEntity.city}`,
        },
      });
      return deliverOnce(mailer, { id: `payment-problem-${attemptId}`, to: email, ...letter });
    },
  };
}
