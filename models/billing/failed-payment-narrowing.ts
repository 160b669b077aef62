import type { CalendarDay } from '../../rules/calendar.js';
import { minorDigits } from '../../rules/money.js';
import { asWritten, type Sql, sql, whole } from '../sql.js';

/** Days overdue at least; owed at least, in whole units of its currency; tries at least; when a card is tried next. */
export const failedAges = ['1', '7', '30'] as const;
export const failedLeasts = ['100', '500', '1000'] as const;
export const failedTries = ['1', '3', '5'] as const;
export const failedDues = ['today', 'week', 'never'] as const;

export interface FailedNarrow {
  readonly age?: (typeof failedAges)[number];
  readonly least?: (typeof failedLeasts)[number];
  readonly tries?: (typeof failedTries)[number];
  readonly due?: (typeof failedDues)[number];
}

/** SQL of how many minor units a whole unit of the row's currency has. */
const unit = asWritten(`CASE ${[0, 3].map(unitOf).join(' ')} ELSE 100 END`);

function unitOf(digits: number): string {
  const currencies = Intl.supportedValuesOf('currency').filter((currency) => minorDigits(currency) === digits);
  if (currencies.length === 0) return '';
  return `WHEN currency IN (${currencies.map((currency) => `'${currency}'`).join(', ')}) THEN ${10 ** digits}`;
}

const dues: Readonly<Record<(typeof failedDues)[number], (now: Date) => Sql>> = {
  today: (now) => sql`next_try_at < ${now}::timestamptz + interval '1 day'`,
  week: (now) => sql`next_try_at < ${now}::timestamptz + interval '7 days'`,
  never: () => sql`next_try_at IS NULL`,
};

/** As conditions over `failed_payments`. */
export function narrowedTo(
  { age, least, tries, due }: FailedNarrow,
  today: CalendarDay,
  now: Date,
): (Sql | undefined)[] {
  return [
    age && sql`due_on <= ${today}::date - ${whole(Number(age))}`,
    least && sql`due_minor >= ${whole(Number(least))} * ${unit}`,
    tries && sql`tries >= ${whole(Number(tries))}`,
    due && dues[due](now),
  ];
}
