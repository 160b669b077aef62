import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { CustomerRecord, ServiceOfCustomer } from '../../../models/accounts/customer-record.js';
import type { Membership } from '../../../models/accounts/membership.js';
import type { Invoice } from '../../../models/billing/invoice.js';
import type { Order } from '../../../models/orders/order.js';
import { cardName } from '../../../rules/billing/card-name.js';
import type { CalendarDay } from '../../../rules/calendar.js';
import { untilOf } from '../billing/cards.js';
import { countryName } from '../billing/lines.js';
import { day, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { lastPaidDay, servicePill } from '../servers/words.js';
import { presentStory } from '../timeline.js';
import { customerFacts } from './customer-facts.js';
import { addressOfServer } from './server.js';

export interface CustomerPageInput {
  readonly record: CustomerRecord;
  readonly today: CalendarDay;
  readonly mayReadAudit: boolean;
  readonly mayChange: boolean;
}

/** A customer's page for staff: what they are asked about when one calls. */
export function presentCustomer(reader: Reader, { record, today, mayReadAudit, mayChange }: CustomerPageInput) {
  const { language } = reader;
  const { customer, people, services, serviceCount, orders, invoices, cards, story } = record;
  const says = (key: string, values = {}) => phrase(language, `customers:page.${key}`, values);
  const since = record.figures.since;
  const { number } = customer;
  const more = serviceCount - services.length;
  return {
    title: customer.name,
    crumbs: [{ label: phrase(language, 'customers:list.title'), address: '/staff/customers' }],
    sub: since
      ? says('since', { number, day: day(reader, new Date(since).toISOString().slice(0, 10)).exact })
      : says('never', { number }),
    kpis: kpisOf(reader, record),
    facts: factsOf(reader, record),
    people: people.map((membership) => presentPerson(reader, membership)),
    addPerson: mayChange ? `/staff/customers/${number}/users/new` : undefined,
    services: services.map((each) => presentService(reader, each)),
    moreServices: more > 0 ? says('moreServices', { count: more }) : undefined,
    orders: orders.map((order) => presentOrder(reader, order)),
    allOrders: `/staff/orders?${new URLSearchParams({ q: number })}`,
    invoices: invoices.map((invoice) => presentInvoice(reader, invoice, today)),
    cards: cards.map((card) => ({
      name: cardName(card),
      until: phrase(language, 'billing:cards.until', { until: untilOf(card) }),
      usual: card.isDefault,
    })),
    story: presentStory(reader, story),
    audit: mayReadAudit ? `/staff/audit?${new URLSearchParams({ customer: number })}` : undefined,
  };
}

function kpisOf({ language }: Reader, { customer, figures, credits }: CustomerRecord) {
  const says = (key: string, values = {}) => phrase(language, `customers:page.${key}`, values);
  const money = (amountMinor: number) => formatMoney(language, { amountMinor, currency: customer.currency });
  const credit = credits.map((amount) => formatMoney(language, amount)).join(' + ');
  return [
    { label: says('running'), figure: figures.running, detail: says('services', { count: figures.running }) },
    { label: says('monthly'), figure: money(figures.monthlyMinor), detail: says('net') },
    {
      label: says('unpaid'),
      figure: money(figures.unpaidMinor),
      detail: figures.overdueMinor > 0 ? says('overdue', { amount: money(figures.overdueMinor) }) : says('noneOverdue'),
      bad: figures.overdueMinor > 0,
    },
    {
      label: says('credit'),
      figure: credit || money(0),
      detail: says('creditDetail'),
      address: `/staff/customers/${customer.number}/credit`,
    },
  ];
}

function factsOf(reader: Reader, { customer }: CustomerRecord) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `customers:page.${key}`);
  const { street, postalCode, city, country, currency, timeZone, brand, vatConsultation } = customer;
  const known = customerFacts(reader, customer).filter(
    ({ label }) => label !== phrase(language, 'staff:customer.place'),
  );
  return [
    ...known,
    {
      label: says('address'),
      value: `${street}, ${postalCode} ${city}`,
      sub: countryName(language, country),
      wide: true,
    },
    ...(vatConsultation ? [{ label: says('consultation'), value: vatConsultation, mono: true }] : []),
    { label: says('currency'), value: new Intl.DisplayNames(language, { type: 'currency' }).of(currency) ?? currency },
    { label: says('timeZone'), value: timeZone },
    { label: says('brand'), value: brand.name },
  ];
}

function presentPerson(reader: Reader, { user, role }: Membership) {
  const { language } = reader;
  return {
    name: user.name,
    address: `/staff/users/${user.id}`,
    email: user.email,
    role: phrase(language, `customers:roles.${role}`),
    lastSeen: user.lastSignInAt && moment(reader, user.lastSignInAt),
    from: user.lastSignInAddress,
    disabled: user.disabledAt && moment(reader, user.disabledAt),
  };
}

function presentService(reader: Reader, { service, server, addresses }: ServiceOfCustomer) {
  const { subscription, orderLine } = service;
  const price = subscription && {
    amountMinor: subscription.priceMinor,
    currency: subscription.currency,
  };
  return {
    name: service.name,
    hostName: service.hostName,
    product: orderLine?.productName,
    pill: servicePill(reader, service, null),
    server: server && { label: server, address: addressOfServer(server) },
    addresses: addresses?.join(', '),
    price: price && formatMoney(reader.language, price),
    period: subscription && phrase(reader.language, 'staff:order.months', { count: subscription.periodMonths }),
    paidUntil: subscription && lastPaidDay(reader, subscription.paidUntilOn),
  };
}

function presentOrder(reader: Reader, order: Order) {
  return {
    number: order.number,
    address: `/staff/orders/${order.number}`,
    products: order.lines.map(({ productName }) => productName).join(', '),
    pill: pill(reader.language, 'order', order.status),
    placed: moment(reader, order.placedAt),
    total: formatMoney(reader.language, order.total),
  };
}

function presentInvoice(reader: Reader, invoice: Invoice, today: CalendarDay) {
  const { number, status, dueOn, total } = invoice;
  return {
    number,
    due: day(reader, dueOn),
    pill: pill(reader.language, 'invoice', status === 'open' && dueOn < today ? 'overdue' : status),
    total: formatMoney(reader.language, total),
  };
}
