import { composeLetter } from '../../gateways/letters.js';
import type { Mailer } from '../../gateways/mailer.js';
import { formatMoment, formatMoney } from '../../locales/formats.js';
import { CreditNote } from '../../models/billing/credit-note.js';
import { Order } from '../../models/orders/order.js';
import { releaseHoldings } from '../../models/services/holdings.js';
import { Service } from '../../models/services/service.js';
import { isOrderClosed, type OrderStatus } from '../../rules/orders/order-status.js';
import { type ServiceStatus, serviceStatusesBefore } from '../../rules/services/service-status.js';
import type { OrderResult } from '../../workflows/messages/order.js';
import { askedAt } from '../durable/clock.js';
import { type Delivery, deliverOnce } from '../durable/letter-delivery.js';

export interface OrderDeps {
  readonly mailer: Mailer;
  /** Where customers reach the shop, without a slash at the end. */
  readonly shopUrl: string;
}

export interface OrderFacts {
  readonly invoiceId: string;
  readonly serviceId: string;
  /** ISO 8601 instant. */
  readonly expiresAt: string;
  /** The numbers that people know it by. */
  readonly labels: {
    readonly order: string;
    readonly invoice: string;
    readonly customer: string;
    readonly service: string;
  };
  /** There when the order was finished by an earlier run, which the cluster has forgotten. */
  readonly closed?: OrderResult['status'];
}

interface NewOrderStatus {
  readonly orderId: string;
  readonly status: OrderStatus;
  readonly actorId?: string;
}

export type OrderActivities = ReturnType<typeof createOrderActivities>;

export function createOrderActivities({ mailer, shopUrl }: OrderDeps) {
  return {
    async beginOrder(orderId: string): Promise<OrderFacts> {
      const { number, status, expiresAt, invoice, customer } = await withInvoice(orderId);
      const service = await serviceOf(orderId);
      const labels = { order: number, invoice: invoice.number, customer: customer.number, service: service.slug };
      const closed = isOrderClosed(status) ? { closed: status as OrderResult['status'] } : {};
      const ids = { invoiceId: invoice.id, serviceId: service.id, expiresAt: expiresAt.toISOString() };
      return { ...ids, labels, ...closed };
    },

    /** The order and what was ordered move together. */
    async recordOrderStatus({ orderId, status, actorId }: NewOrderStatus): Promise<void> {
      const order = await Order.query().findById(orderId).throwIfNotFound();
      const service = await serviceOf(orderId);
      await Order.transaction(async (trx) => {
        await order.moveTo(status, askedAt(), { actorId: actorId ?? null, closes: isOrderClosed(status), trx });
        const next = serviceStatusWith(status);
        if (!next) return;
        await service.$query(trx).patch({ status: next }).whereIn('status', serviceStatusesBefore(next));
      });
    },

    /** Whatever is still held for an order that came to nothing. */
    async giveBackReservation(orderId: string): Promise<void> {
      await releaseHoldings((await serviceOf(orderId)).id, askedAt());
    },

    async sendOrderConfirmation(orderId: string): Promise<Delivery> {
      const { number, customer, lines, invoice, expiresAt, total } = await withInvoice(orderId);
      const { language, timeZone, email } = customer;
      const money = (amountMinor: number) => formatMoney(language, { amountMinor, currency: invoice.currency });
      const letter = composeLetter('order-confirmation', {
        language,
        subject: 'orders:confirmation.subject',
        shop: customer.brand.mark,
        number,
        name: lines.map(({ productName }) => productName).join(', '),
        total: formatMoney(language, total),
        lines: invoice.lines.map(({ description, netMinor }) => ({ what: description, amount: money(netMinor) })),
        net: money(invoice.netMinor),
        vat: money(invoice.vatMinor),
        orderUrl: `${shopUrl}/orders/${number}`,
        payUrl: `${shopUrl}/invoices/${invoice.number}`,
        expires: formatMoment(language, expiresAt, timeZone),
      });
      return deliverOnce(mailer, { id: `order-confirmation-${orderId}`, to: email, ...letter });
    },

    async sendOrderOutcome(orderId: string): Promise<Delivery> {
      const { number, status, customer, invoice } = await withInvoice(orderId);
      const { language, email } = customer;
      const credit = await CreditNote.query().findOne({ invoiceId: invoice.id });
      const letter = composeLetter('order-outcome', {
        language,
        subject: `orders:outcome.${status}.subject`,
        shop: customer.brand.mark,
        sentence: `orders:outcome.${status}.sentence`,
        number,
        refund: credit ? formatMoney(language, credit.total) : null,
        orderUrl: `${shopUrl}/orders/${number}`,
      });
      return deliverOnce(mailer, { id: `order-outcome-${orderId}`, to: email, ...letter });
    },
  };
}

function withInvoice(orderId: string) {
  return Order.query()
    .findById(orderId)
    .withGraphFetched('[customer.brand.legalEntity, lines, invoice.lines]')
    .throwIfNotFound();
}

function serviceOf(orderId: string) {
  return Service.query().joinRelated('orderLine').where('orderLine.orderId', orderId).first().throwIfNotFound();
}

function serviceStatusWith(status: OrderStatus): ServiceStatus | undefined {
  if (status === 'preparing') return 'preparing';
  return status === 'cancelled' || status === 'expired' || status === 'refunded' ? 'abandoned' : undefined;
}
