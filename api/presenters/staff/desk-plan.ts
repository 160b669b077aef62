import { phrase } from '../../../locales/phrases.js';
import type { InvoiceStory } from '../../../models/billing/invoice-story.js';
import { cardName } from '../../../rules/billing/card-name.js';
import { LATEST_DAYS, SOONEST_MINUTES } from '../../../rules/billing/schedule-change.js';
import { addDays, dayAt, hourAt } from '../../../rules/calendar.js';
import type { ScheduleField } from '../../forms/staff/schedule.js';
import type { Reader } from '../moments.js';

export interface Rejected<Field extends string> {
  readonly typed: Readonly<Record<string, string>>;
  readonly wrong: readonly Field[];
}

interface PlanInput {
  readonly action: string;
  readonly now: Date;
  readonly rejected?: Rejected<ScheduleField> | undefined;
}

/** Tomorrow at this hour is what most agree on with a customer; a hold is for a week. */
const [TOMORROW_MS, HOLD_DAYS] = [86_400_000, 7];

/** For `staff/_plan`: filled in with what is usual, or with what was typed and what is wrong with it. */
export function presentPlan(reader: Reader, { cards, plan }: InvoiceStory, { action, now, rejected }: PlanInput) {
  const { language, timeZone } = reader;
  const bounds = { minutes: SOONEST_MINUTES, days: LATEST_DAYS, zone: timeZone };
  const says = (key: string) => phrase(language, `payments:desk.plan.${key}`, bounds);
  const error = (field: ScheduleField) => (rejected?.wrong.includes(field) ? says(`errors.${field}`) : undefined);
  const { typed } = rejected ?? {};
  return {
    action,
    atHint: says('atHint'),
    at: typed?.at ?? hourAt(new Date(now.getTime() + TOMORROW_MS), timeZone),
    until: typed?.until ?? addDays(dayAt(now, timeZone), HOLD_DAYS),
    none: cards.length === 0 ? says('none') : undefined,
    cards: cards.map((card) => ({
      value: card.id,
      label: cardName(card),
      chosen: typed?.card ? typed.card === card.id : card.isDefault,
    })),
    errors: rejected?.wrong.map((field) => ({ field: `plan-${field}`, text: says(`errors.${field}`) })),
    atError: error('at') ?? error('card'),
    untilError: error('until'),
    isChanged: Boolean(plan?.plan),
  };
}
