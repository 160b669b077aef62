import { Model, type QueryBuilder } from 'objection';
import type { CalendarDay } from '../../rules/calendar.js';

/** What a product or a choice costs, net, for one whole period. A new price is a new row with its first day. */
export class Price extends Model {
  static override tableName = 'prices';

  declare id: string;
  declare productId: string | null;
  declare choiceId: string | null;
  declare currency: string;
  declare periodMonths: number;
  declare recurringMinor: number;
  declare setupMinor: number;
  declare validFromOn: CalendarDay;

  static override modifiers = {
    /** The latest that has begun, of each thing and period. */
    inForceOn: (query: QueryBuilder<Price>, day: CalendarDay, currency: string) =>
      query
        .distinctOn(Price.raw('coalesce(product_id, choice_id), period_months'))
        .where({ currency })
        .where('validFromOn', '<=', day)
        .orderByRaw('coalesce(product_id, choice_id), period_months, valid_from_on DESC'),
  };
}
