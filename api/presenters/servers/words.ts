import { phrase } from '../../../locales/phrases.js';
import type { Service } from '../../../models/services/service.js';
import type { Language } from '../../../rules/accounts/languages.js';
import { addDays, type CalendarDay } from '../../../rules/calendar.js';
import { day, type Reader } from '../moments.js';
import { pill } from '../pill.js';

type Standing = Pick<Service, 'status' | 'suspendedAt'>;

/** A service's state as its customer sees it: suspension and a confirmed end come before running. */
export function servicePill(reader: Reader, { status, suspendedAt }: Standing, endsOn: CalendarDay | null) {
  const { language } = reader;
  if (status === 'active' && suspendedAt) return pill(language, 'service', 'suspended');
  if (status === 'active' && endsOn) {
    const text = phrase(language, 'servers:list.ends', { day: day(reader, endsOn).text });
    return { ...pill(language, 'service', 'ending'), text };
  }
  return pill(language, 'service', status);
}

/** Pages print the last day that is paid for, the one before the first that is not. */
export function lastPaidDay(reader: Reader, paidUntilOn: CalendarDay) {
  return day(reader, addDays(paidUntilOn, -1));
}

/** The way from the list through a server's page to what hangs below it. */
export function serverCrumbs(language: Language, { name, slug }: Pick<Service, 'name' | 'slug'>) {
  return [
    { label: phrase(language, 'servers:page.crumb'), address: '/servers' },
    { label: name, address: `/servers/${encodeURIComponent(slug)}` },
  ];
}
