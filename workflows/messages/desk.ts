import { defineUpdate } from '@temporalio/workflow';
import type { DeskRefusal } from '../../rules/billing/collecting.js';
import type { ScheduleChange } from '../../rules/billing/schedule-change.js';
import * as failures from './failures.js';

export type { DeskRefusal, ScheduleChange };

/** Somebody of the staff, and from where, for the audit trail. */
export interface AskedBy {
  readonly staffId: string;
  readonly address: string;
}

/**
 * What staff ask of a process that collects an invoice. It does each between two tries, and answers once it is written.
 * Refused with the failure that `refusedWith` names, and `InvoiceClosed` or `AttemptUnderWay` before anything is looked at.
 */
export const changeSchedule = defineUpdate<void, [{ readonly change: ScheduleChange; readonly by: AskedBy }]>(
  'changeSchedule',
);

/** The invoice becomes uncollectible, and the process ends. */
export const writeOff = defineUpdate<void, [{ readonly reason: string; readonly by: AskedBy }]>('writeOff');

/** The customer gets a letter with a link to the invoice, where they pay with another card. */
export const askForCard = defineUpdate<void, [{ readonly by: AskedBy }]>('askForCard');

/** Of every reason, the failure that carries it. */
export const refusedWith: Readonly<Record<DeskRefusal, string>> = {
  closed: failures.InvoiceClosed,
  underWay: failures.AttemptUnderWay,
  unknown: failures.OutcomeUnknown,
  order: failures.OrderAwaitsPayment,
  noCard: failures.NoSuchCard,
  askedLately: failures.AskedLately,
  tooSoon: failures.TryTooSoon,
  tooLate: failures.TryTooLate,
  refusedCard: failures.CardRefusedBefore,
  asksCustomer: failures.BankAsksCustomer,
  nothingPlanned: failures.NoTryPlanned,
  moved: failures.NextTryMoved,
  lapses: failures.OrderLapsesBefore,
  aboveLimit: failures.AboveWriteOffLimit,
  aboveDayLimit: failures.AboveWriteOffDayLimit,
};

const reasons = new Map(Object.entries(refusedWith).map(([reason, failure]) => [failure, reason as DeskRefusal]));

/** Why the process refused; nothing where the failure is none of the desk's. */
export function deskRefusalOf(failure: string | undefined): DeskRefusal | undefined {
  return failure === undefined ? undefined : reasons.get(failure);
}
