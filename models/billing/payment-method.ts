import { Model, type QueryBuilder } from 'objection';
import type { Customer } from '../accounts/customer.js';

export type NewCard = Pick<PaymentMethod, 'providerId' | 'brand' | 'last4' | 'expMonth' | 'expYear'>;

/** A saved card. Its number never reached us. */
export class PaymentMethod extends Model {
  static override tableName = 'payment_methods';

  declare id: string;
  declare customerId: string;
  declare providerId: string;
  declare brand: string;
  declare last4: string;
  declare expMonth: number;
  declare expYear: number;
  declare isDefault: boolean;
  declare addedAt: Date;
  declare removedAt: Date | null;

  static override modifiers = {
    ownedBy: (query: QueryBuilder<PaymentMethod>, customer: Pick<Customer, 'id'>) =>
      query.where('payment_methods.customerId', customer.id),
    usable: (query: QueryBuilder<PaymentMethod>) =>
      query.whereNull('removedAt').orderBy([{ column: 'isDefault', order: 'desc' }, 'addedAt']),
  };

  /** Keeps a card the provider has saved, once however often it is reported. The first becomes the default. */
  static async add(customerId: string, card: NewCard, addedAt: Date): Promise<PaymentMethod> {
    return PaymentMethod.transaction(async (trx) => {
      await trx.raw('SELECT FROM customers WHERE id = ? FOR UPDATE', [customerId]);
      const known = await PaymentMethod.query(trx).findOne({ providerId: card.providerId, customerId });
      if (known) return known;
      const hasDefault = await PaymentMethod.query(trx).findOne({ customerId, isDefault: true });
      return PaymentMethod.query(trx).insertAndFetch({ ...card, customerId, addedAt, isDefault: !hasDefault });
    });
  }

  /** Not one that was removed meanwhile. */
  async makeDefault(): Promise<void> {
    await PaymentMethod.transaction(async (trx) => {
      await trx.raw('SELECT FROM customers WHERE id = ? FOR UPDATE', [this.customerId]);
      if ((await this.$query(trx)).removedAt) return;
      await PaymentMethod.query(trx)
        .where({ customerId: this.customerId, isDefault: true })
        .patch({ isDefault: false });
      await this.$query(trx).patch({ isDefault: true });
    });
  }

  /** Where no usual card is left, the oldest one becomes it. */
  async remove(at: Date): Promise<void> {
    await PaymentMethod.transaction(async (trx) => {
      await trx.raw('SELECT FROM customers WHERE id = ? FOR UPDATE', [this.customerId]);
      await this.$query(trx).patch({ removedAt: at, isDefault: false });
      const next = await PaymentMethod.query(trx).where({ customerId: this.customerId }).modify('usable').first();
      if (next && !next.isDefault) await next.$query(trx).patch({ isDefault: true });
    });
  }
}
