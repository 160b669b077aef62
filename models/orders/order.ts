import { Model, type QueryBuilder, type Transaction } from 'objection';
import { type OrderStatus, orderMovedBy, orderStatusesBefore } from '../../rules/orders/order-status.js';
import { Customer } from '../accounts/customer.js';
import { User } from '../accounts/user.js';
import { Invoice } from '../billing/invoice.js';
import { TimelineEntry } from '../timeline-entry.js';
import { OrderLine } from './order-line.js';

/** What a customer asked for, at the price and under the terms of that moment. */
export class Order extends Model {
  static override tableName = 'orders';

  declare id: string;
  declare number: string;
  declare customerId: string;
  declare contractId: string;
  declare placedBy: string;
  declare formToken: string;
  declare status: OrderStatus;
  declare currency: string;
  declare netMinor: number;
  declare vatMinor: number;
  declare totalMinor: number;
  declare termsVersion: string;
  /** The network address the terms were accepted from. */
  declare acceptedFrom: string;
  declare placedAt: Date;
  /** Unpaid by then, it lapses. */
  declare expiresAt: Date;
  declare closedAt: Date | null;
  declare customer: Customer;
  declare user: User;
  declare lines: OrderLine[];
  declare invoice: Invoice;

  static override relationMappings = () => ({
    customer: {
      relation: Model.BelongsToOneRelation,
      modelClass: Customer,
      join: { from: 'orders.customerId', to: 'customers.id' },
    },
    user: { relation: Model.BelongsToOneRelation, modelClass: User, join: { from: 'orders.placedBy', to: 'users.id' } },
    lines: {
      relation: Model.HasManyRelation,
      modelClass: OrderLine,
      join: { from: 'orders.id', to: 'order_lines.orderId' },
    },
    invoice: {
      relation: Model.HasOneRelation,
      modelClass: Invoice,
      join: { from: 'orders.id', to: 'invoices.orderId' },
    },
  });

  static override modifiers = {
    ownedBy: (query: QueryBuilder<Order>, customer: Pick<Customer, 'id'>) =>
      query.where('orders.customerId', customer.id),
    newestFirst: (query: QueryBuilder<Order>) => query.orderBy('orders.placedAt', 'desc'),
  };

  get total() {
    return { amountMinor: this.totalMinor, currency: this.currency };
  }

  /** Moves on from a status that may, with its sentence; an attempt that comes late changes nothing. Says whether it moved. */
  async moveTo(
    status: OrderStatus,
    at: Date,
    { actorId = null, closes = false, trx }: { actorId?: string | null; closes?: boolean; trx?: Transaction } = {},
  ): Promise<boolean> {
    const move = async (inside: Transaction) => {
      const closing = closes ? { closedAt: at } : {};
      const moved = await this.$query(inside)
        .patch({ status, ...closing })
        .whereIn('status', orderStatusesBefore(status));
      if (!moved) return false;
      const told = { event: `order.${status}`, actor: orderMovedBy(status), actorId, happenedAt: at } as const;
      const values = { number: this.number, total: this.total };
      await TimelineEntry.tell({ subjectType: 'order', subjectId: this.id, values, ...told }, inside);
      return true;
    };
    return trx ? move(trx) : Order.transaction(move);
  }
}
