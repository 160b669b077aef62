import { settleAttempt } from '../../models/billing/attempt-settlement.js';
import { CollectionPlan } from '../../models/billing/collection-plan.js';
import { Invoice, type InvoiceStatus } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { AmountChangedSince, PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../models/billing/payment-method.js';
import { RetrySchedule } from '../../models/billing/retry-schedule.js';
import { Order } from '../../models/orders/order.js';
import { failuresOf } from '../../rules/billing/failed-attempts.js';
import type { FailedAttempts, RetryPlan, RetryPolicy } from '../../rules/billing/retry-schedule.js';
import type { Settlement } from '../../rules/billing/settlement.js';
import type { AskedBy } from '../../workflows/messages/desk.js';
import type { ShownAmount } from '../../workflows/messages/invoice-payment.js';
import { askedAt } from '../durable/clock.js';

/** How the invoice stands, and what was tried in vain since the customer last tried themselves. */
export interface Standing {
  readonly status: 'open' | 'paid' | 'void' | 'uncollectible';
  readonly failed: FailedAttempts | null;
  /** What staff said of the next try. */
  readonly plan?: RetryPlan | null;
  /** The schedule it is collected by; processes from before it could be set do with the usual one. */
  readonly policy?: RetryPolicy;
}

interface WantedAttempt {
  /** Drawn by the process, so that a repeated activity finds its own. */
  readonly attemptId: string;
  readonly invoiceId: string;
  /** The customer's usual card where none is named. */
  readonly paymentMethodId?: string | undefined;
  readonly onSession: boolean;
  readonly shown?: ShownAmount | undefined;
  /** Who of the staff asked for it. */
  readonly by?: AskedBy | undefined;
  /** Whether it is the one that staff planned. */
  readonly planned?: boolean | undefined;
}

/**
 * `paid_from_credit`: it covered all, and nothing is left for a card. `closed`: nothing was owed. `no_card`: it was removed, or
 * there is none. `amount_changed`: it is no longer what was shown.
 */
export type Opening = 'opened' | 'paid_from_credit' | 'closed' | 'no_card' | 'amount_changed';

interface Outcome {
  readonly attemptId: string;
  readonly settlement: Settlement;
}

export type CollectionActivities = ReturnType<typeof createCollectionActivities>;

export function createCollectionActivities() {
  return {
    /** What the process finds when it begins, the first time or after it was continued: the rows know all of it. */
    async beginCollection(invoiceId: string) {
      const invoice = await Invoice.query().findById(invoiceId).withGraphFetched('customer').throwIfNotFound();
      const open = await PaymentAttempt.query().modify('open').findOne({ invoiceId });
      const order = invoice.orderId ? await Order.query().findById(invoice.orderId) : undefined;
      return {
        ...(await standingOf(invoice)),
        labels: {
          invoice: invoice.number,
          customer: invoice.customer.number,
          ...(order && { order: order.number }),
        },
        attempt: open && { attemptId: open.id, paymentMethodId: open.paymentMethodId, onSession: open.onSession },
      };
    },

    /** Commits the attempt with its keys. */
    async openAttempt(wanted: WantedAttempt): Promise<Opening> {
      const { attemptId: id, invoiceId, paymentMethodId, onSession, shown, by, planned } = wanted;
      if (planned) await CollectionPlan.spend(invoiceId);
      const { customerId } = await Invoice.query().findById(invoiceId).throwIfNotFound();
      const cards = PaymentMethod.query().where({ customerId }).modify('usable');
      const card = await (paymentMethodId ? cards.findById(paymentMethodId) : cards.findOne({ isDefault: true }));
      if (!card) return 'no_card';
      try {
        const attempt = { id, invoiceId, paymentMethodId: card.id, onSession, shown, by };
        const opened = await PaymentAttempt.open(attempt, askedAt());
        if (opened && opened.id !== id) throw new Error(`the attempt ${opened.id} is still open`);
        if (opened) return 'opened';
        const used = await Payment.query().findOne({ invoiceId, method: 'credit', receivedAt: askedAt() }); // by an earlier try, too
        return used ? 'paid_from_credit' : 'closed';
      } catch (error) {
        if (error instanceof AmountChangedSince) return 'amount_changed';
        throw error;
      }
    },

    async recordOutcome({ attemptId, settlement }: Outcome): Promise<Standing> {
      await settleAttempt(attemptId, settlement, askedAt());
      const { invoiceId } = await PaymentAttempt.query().findById(attemptId).throwIfNotFound();
      return readStanding(invoiceId);
    },
  };
}

export async function readStanding(invoiceId: string): Promise<Standing> {
  return standingOf(await Invoice.query().findById(invoiceId).throwIfNotFound());
}

async function standingOf({ id: invoiceId, status }: Invoice): Promise<Standing> {
  const declined = await PaymentAttempt.query().where({ invoiceId, status: 'declined' }).orderBy('settledAt');
  const failed = failuresOf(declined);
  const [plan, policy] = [await CollectionPlan.of(invoiceId), await RetrySchedule.policyFor(failed)];
  return { status: standing(status), failed, plan, policy };
}

function standing(status: InvoiceStatus): Standing['status'] {
  return status === 'draft' ? 'void' : status;
}
