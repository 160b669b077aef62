import { composeLetter } from '../../gateways/letters.js';
import type { Mailer } from '../../gateways/mailer.js';
import { formatMoment, formatMoney } from '../../locales/formats.js';
import { phrase } from '../../locales/phrases.js';
import { Brand } from '../../models/accounts/brand.js';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import type { PaymentMethod } from '../../models/billing/payment-method.js';
import { cardName } from '../../rules/billing/card-name.js';
import type { Money } from '../../rules/money.js';
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

/** What a letter about an invoice tells. */
interface About {
  readonly invoice: Invoice;
  readonly amount: Money;
  /** Words under `billing:letter`. */
  readonly kind: string;
  readonly next: string;
  readonly card: PaymentMethod | undefined;
}

interface CardRequest {
  readonly invoiceId: string;
  /** ISO 8601 instant, which tells one letter from the next. */
  readonly askedAt: string;
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
      const { invoice, amount, declineKind: kind, paymentMethod } = attempt;
      const { language, timeZone } = invoice.customer;
      const next = retryAt
        ? phrase(language, 'billing:letter.again', { at: formatMoment(language, new Date(retryAt), timeZone) })
        : phrase(language, 'billing:letter.notAgain');
      return send(`payment-problem-${attemptId}`, { invoice, amount, kind: kind ?? 'soft', next, card: paymentMethod });
    },

    /** Asks the customer, at the wish of staff, to pay with another card; nothing where the invoice was settled meanwhile. */
    async sendCardRequest({ invoiceId, askedAt }: CardRequest): Promise<Delivery | undefined> {
      const invoice = await Invoice.query().findById(invoiceId).withGraphFetched('customer').throwIfNotFound();
      const amount = await invoice.due();
      if (amount.amountMinor === 0) return undefined;
      const tries = PaymentAttempt.query().where({ invoiceId }).modify('newestFirst');
      const last = await tries.withGraphFetched('paymentMethod').first();
      const next = phrase(invoice.customer.language, 'billing:letter.anotherCard');
      const about = { invoice, amount, kind: 'card_asked', next, card: last?.paymentMethod };
      return send(`card-request-${invoiceId}-${Date.parse(askedAt)}`, about);
    },
  };

  async function send(id: string, { invoice, amount, kind, next, card }: About): Promise<Delivery> {
    const { language, email, brandId } = invoice.customer;
    const brand = await Brand.query().findById(brandId).withGraphFetched('legalEntity').throwIfNotFound();
    const { number } = invoice;
    const letter = composeLetter('payment-problem', {
      language,
      subject: `billing:letter.${kind}.subject`,
      shop: brand.mark,
      sentence: phrase(language, `billing:letter.${kind}.sentence`, { number, shop: brand.name }),
      number,
      amount: formatMoney(language, amount),
      card: card ? cardName(card) : '–',
      next,
      invoiceUrl: `${shopUrl}/invoices/${number}`,
    });
    return deliverOnce(mailer, { id, to: email, ...letter });
  }
}
