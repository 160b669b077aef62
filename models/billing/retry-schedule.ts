import { Model, type Transaction } from 'objection';
import { type FailedAttempts, type RetryPolicy, usualRetries } from '../../rules/billing/retry-schedule.js';
import { changedValues, recordAct, type StaffAct } from '../accounts/staff-act.js';
import { StaffMember } from '../accounts/staff-member.js';
import { sql } from '../sql.js';
import { Invoice } from './invoice.js';
import { PaymentAttempt } from './payment-attempt.js';

interface Wish {
  readonly policy: RetryPolicy;
  readonly takesOver: boolean;
  /** Which one whoever wishes it had before them; nothing for the usual one. */
  readonly from: string | null;
}

/**
 * The days on which declined cards are tried again, as staff set them. An invoice is collected by the schedule that was in
 * force when it first failed, or by a later one that takes over what is being collected.
 */
export class RetrySchedule extends Model {
  static override tableName = 'retry_schedules';

  declare id: string;
  declare retryDays: number[];
  declare restDays: number;
  declare takesOver: boolean;
  declare setBy: string;
  declare setAt: Date;
  declare toldTo: string | null;
  declare toldAt: Date | null;
  declare setter: StaffMember;

  static override relationMappings = () => ({
    setter: {
      relation: Model.BelongsToOneRelation,
      modelClass: StaffMember,
      join: { from: 'retry_schedules.setBy', to: 'staff_members.id' },
    },
  });

  /** All there ever were, the newest first. */
  static all(trx?: Transaction) {
    return RetrySchedule.query(trx).orderBy('setAt', 'desc');
  }

  /** By which an invoice is collected that failed so; one that never failed, by the newest. */
  static async policyFor(failed: FailedAttempts | null, trx?: Transaction): Promise<RetryPolicy> {
    const first = failed?.firstFailedAt;
    const [row] = await RetrySchedule.all(trx)
      .where((either) => either.where({ takesOver: true }).orWhere('setAt', '<=', first ?? 'infinity'))
      .limit(1);
    return row?.policy ?? usualRetries;
  }

  /** Sets another one, with its audit entry. `moved`: somebody set one meanwhile. `same`: it is set so already. */
  static async set({ policy, takesOver, from }: Wish, act: StaffAct): Promise<'set' | 'moved' | 'same'> {
    return RetrySchedule.transaction(async (trx) => {
      await trx.raw('LOCK TABLE retry_schedules IN SHARE ROW EXCLUSIVE MODE');
      const last = await RetrySchedule.all(trx).first();
      if ((last?.id ?? null) !== from) return 'moved';
      const changed = changedValues(told(last?.policy ?? usualRetries), told(policy));
      if (!changed && !takesOver) return 'same';
      const row = { ...policy, retryDays: [...policy.retryDays], takesOver, setBy: act.staff.id, setAt: act.at };
      await RetrySchedule.query(trx).insert({ ...row, toldAt: takesOver ? null : act.at });
      const about = {
        action: 'retry_schedule.set',
        subjectType: 'retry_schedule',
        subjectId: 'failed payments',
      } as const;
      const running = takesOver ? 'taken_over' : 'kept';
      await recordAct(act, { ...about, before: changed?.before ?? {}, after: { ...changed?.after, running } }, trx);
      return 'set';
    });
  }

  /** Open invoices with a try that failed, after those that were told; so many at once. */
  async untold(limit: number): Promise<string[]> {
    const declined = PaymentAttempt.query().where({ status: 'declined' }).select('invoiceId');
    const open = Invoice.query().where({ status: 'open' }).whereIn('id', declined).orderBy('id').limit(limit);
    const after = this.toldTo ? open.where('id', '>', this.toldTo) : open;
    return (await after.select('id')).map(({ id }) => id);
  }

  /** Up to this one collectors know; nothing where all do, and of the schedules before it too. */
  async toldUpTo(invoiceId: string | undefined, at: Date): Promise<void> {
    if (invoiceId) await this.$query().patch({ toldTo: invoiceId });
    else await RetrySchedule.query().whereNull('toldAt').where('setAt', '<=', this.setAt).patch({ toldAt: at });
  }

  get policy(): RetryPolicy {
    return { retryDays: this.retryDays, restDays: this.restDays };
  }
}

function told({ retryDays, restDays }: RetryPolicy) {
  return { retryDays: retryDays.join(', '), restDays };
}

/** `policyFor` as SQL: the row by which an invoice is collected that failed first at `f.first_failed_at`; none for the usual one. */
export const scheduleInForce = sql`(SELECT retry_days, rest_days FROM retry_schedules
  WHERE set_at <= f.first_failed_at OR takes_over ORDER BY set_at DESC LIMIT 1)`;
