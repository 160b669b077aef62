import { Model } from 'objection';
import type { PaidTime } from '../../rules/billing/proration.js';
import type { CalendarDay } from '../../rules/calendar.js';
import type { CancellationTerms } from '../../rules/services/cancellation-terms.js';

/** What a service costs and until when it is paid. It begins when the service becomes active. */
export class Subscription extends Model {
  static override tableName = 'subscriptions';

  declare id: string;
  declare serviceId: string;
  declare priceMinor: number;
  declare currency: string;
  declare periodMonths: number;
  /** The day every period is counted from. */
  declare anchoredOn: CalendarDay;
  /** The first day that is not paid for. */
  declare paidUntilOn: CalendarDay;
  declare freeFromOn: CalendarDay;
  declare noticeDays: number;
  declare creditsUnusedTime: boolean;
  declare autoRenew: boolean;

  private get cycle() {
    return { anchoredOn: this.anchoredOn, months: this.periodMonths };
  }

  get price() {
    return { amountMinor: this.priceMinor, currency: this.currency };
  }

  get terms(): CancellationTerms {
    return { freeFromOn: this.freeFromOn, noticeDays: this.noticeDays, cycle: this.cycle };
  }

  get paidTime(): PaidTime {
    return { price: this.price, cycle: this.cycle, paidUntilOn: this.paidUntilOn };
  }
}
