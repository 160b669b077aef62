import { formatMoney } from '../../locales/formats.js';
import { dateFormat } from '../../locales/formatters.js';
import { phrase } from '../../locales/phrases.js';
import type { Invoice } from '../../models/billing/invoice.js';
import type { Service } from '../../models/services/service.js';
import type { CalendarDay } from '../../rules/calendar.js';
import { day, type Reader } from './moments.js';
import { pill } from './pill.js';

interface HomeInput {
  readonly user: { readonly name: string };
  readonly unpaid: readonly Pick<Invoice, 'number' | 'dueOn' | 'total'>[];
  readonly services: readonly Pick<
    Service,
    'id' | 'slug' | 'name' | 'hostName' | 'status' | 'suspendedAt' | 'subscription'
  >[];
  /** The main address of each service that has one. */
  readonly addresses: ReadonlyMap<string, string | undefined>;
  readonly now: Date;
  /** The customer's day, on which things fall due. */
  readonly today: CalendarDay;
}

export function presentHome(reader: Reader, { user, unpaid, services, addresses, now, today }: HomeInput) {
  const says = (key: string, values = {}) => phrase(reader.language, `accounts:home.${key}`, values);
  const [firstName = user.name] = user.name.split(' ');
  return {
    title: says('title'),
    greeting: says(dayPart(now, reader.timeZone), { name: firstName }),
    sub: unpaid.length > 0 ? says('thingsNeedYou', { count: unpaid.length }) : says('nothingNeedsYou'),
    attention: unpaid.map(({ number, dueOn, total }) => {
      const late = dueOn < today;
      const values = { number, amount: formatMoney(reader.language, total), day: day(reader, dueOn).text };
      return {
        tone: late ? 'bad' : 'warn',
        icon: late ? 'alert-circle' : 'credit-card',
        title: says('pay', values),
        text: says(late ? 'wasDue' : 'isDue', values),
        address: `/invoices/${number}`,
        act: { label: says('payNow'), address: `/invoices/${number}`, main: late },
      };
    }),
    services: services.map((service) => presentService(reader, service, addresses.get(service.id))),
  };
}

function presentService(
  { language }: Reader,
  { slug, name, hostName, status, suspendedAt, subscription }: HomeInput['services'][number],
  address: string | undefined,
) {
  return {
    name,
    hostName,
    link: `/servers/${slug}`,
    address,
    pill: pill(language, 'service', suspendedAt ? 'suspended' : status),
    price: subscription && formatMoney(language, subscription.price),
    period: subscription && phrase(language, 'accounts:home.every', { count: subscription.periodMonths }),
  };
}

function dayPart(now: Date, timeZone: string): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(dateFormat('en-GB', { hour: '2-digit', hourCycle: 'h23', timeZone }).format(now));
  if (hour < 12) return hour < 4 ? 'evening' : 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}
