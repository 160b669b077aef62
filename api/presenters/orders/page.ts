import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import type { Order } from '../../../models/orders/order.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import { mayStillCancel } from '../../../rules/orders/change-of-mind.js';
import { secondsLeft } from '../../../rules/orders/expected-delivery.js';
import { isOrderClosed } from '../../../rules/orders/order-status.js';
import { provisioningSteps } from '../../../rules/servers/provisioning-steps.js';
import { duration, hour, moment, type Reader } from '../moments.js';
import { pill } from '../pill.js';
import { presentSteps } from '../steps.js';
import { presentStory } from '../timeline.js';
import { nextOf } from './next.js';
import { standing, stepsOf } from './steps.js';

export interface OrderNotice {
  readonly title: string;
  readonly text: string;
}

/** An order's page: how far it is, what happened, what happens next, what it costs, and the way back. */
export function presentOrder(reader: Reader, progress: OrderProgress, now: Date, notice?: OrderNotice) {
  const { order, service, steps, story } = progress;
  const { status, number, invoice, user, lines, placedAt } = order;
  const says = (key: string, values = {}) => phrase(reader.language, `orders:page.${key}`, values);
  const total = formatMoney(reader.language, order.total);
  const unfinished = !isOrderClosed(status);
  const done = standing(steps).filter((step) => step.status === 'done').length;
  return {
    title: service.name,
    crumbs: [
      { label: says('crumb'), address: '/orders' },
      { label: number, address: `/orders/${number}` },
    ],
    pill: pill(reader.language, 'order', status),
    sub: says('placed', { product: lines[0]?.productName, who: user.name, moment: moment(reader, placedAt).text }),
    address: `/orders/${number}`,
    unfinished,
    notice,
    invoice: `/invoices/${invoice.number}`,
    pay: status === 'awaiting_payment' ? says('pay', { total }) : undefined,
    open:
      status === 'active'
        ? { label: says('open', { name: service.name }), address: `/servers/${service.slug}` }
        : undefined,
    heading: headingOf(reader, progress, done),
    times: unfinished ? timesOf(reader, progress, now) : undefined,
    done: {
      value: done,
      max: provisioningSteps.length,
      words: says('stepsDone', { number: done, count: provisioningSteps.length }),
    },
    steps: (unfinished || steps.length > 0) && presentSteps(reader, stepsOf(reader, progress), now),
    next: nextOf(reader, progress, now),
    entries: presentStory(reader, story),
    sums: presentSums(reader, order),
    cancel: mayStillCancel(
      status,
      steps.map(({ step }) => step),
    ) && {
      sentence: says(isPaid(order) ? 'mindPaid' : 'mindUnpaid', { amount: total }),
      address: `/orders/${number}/cancellation`,
    },
  };
}

/** Whether the customer is sure, with what is lost and what comes back. */
export function presentCancellationQuestion({ language }: Reader, { order, service }: OrderProgress) {
  const { number, invoice, total } = order;
  const says = (key: string, values = {}) => phrase(language, `orders:cancel.${key}`, values);
  return {
    title: says('title', { number }),
    crumbs: [
      { label: phrase(language, 'orders:page.crumb'), address: '/orders' },
      { label: number, address: `/orders/${number}` },
    ],
    lost: says('lost', { name: service.name }),
    back: isPaid(order)
      ? says('back', { amount: formatMoney(language, total) })
      : says('nothing', { invoice: invoice.number }),
    yes: says('yes', { number }),
    address: `/orders/${number}`,
  };
}

export function tooLateNotice({ language }: Reader, { status }: Order): OrderNotice {
  const why = isOrderClosed(status) ? 'closed' : 'late';
  return { title: phrase(language, `orders:cancel.${why}.title`), text: phrase(language, `orders:cancel.${why}.text`) };
}

/** A machine that has begun to start is switched off first, and that takes as long as it takes. */
export function underWayNotice({ language }: Reader): OrderNotice {
  const says = (key: string) => phrase(language, `orders:cancel.underWay.${key}`);
  return { title: says('title'), text: says('text') };
}

function headingOf({ language }: Reader, { order }: OrderProgress, done: number): string {
  const count = provisioningSteps.length;
  if (order.status === 'active') return phrase(language, 'orders:page.done', { count });
  if (isOrderClosed(order.status)) return phrase(language, 'orders:page.stopped', { number: done, count });
  return phrase(language, 'orders:page.step', { number: Math.min(done + 1, count), count });
}

/** Only once it is paid can be said when it will be ready. */
function timesOf(reader: Reader, { order, steps, pastSeconds }: OrderProgress, now: Date): string | undefined {
  if (order.status !== 'preparing') return undefined;
  const begun = order.invoice.paidAt ?? order.placedAt;
  const ready = new Date(now.getTime() + secondsLeft(steps, pastSeconds, now) * 1_000);
  const soFar = phrase(reader.language, 'orders:page.soFar', {
    time: duration(reader, now.getTime() - begun.getTime()),
  });
  return `${soFar} · ${phrase(reader.language, 'orders:page.readyAbout', { time: hour(reader, ready).text })}`;
}

function presentSums({ language }: Reader, order: Order) {
  const says = (key: string) => phrase(language, `orders:page.${key}`);
  const money = (amountMinor: number) => formatMoney(language, { amountMinor, currency: order.currency });
  const parts = order.lines.flatMap((line) => [
    { label: line.productName, amount: money(line.productRecurringMinor) },
    ...line.choices.map(({ name, recurringMinor }) => ({
      label: name[language],
      amount: recurringMinor ? money(recurringMinor) : says('included'),
    })),
    ...(line.setupMinor ? [{ label: says('setup'), amount: money(line.setupMinor) }] : []),
  ]);
  const paid = order.status === 'active' || !isOrderClosed(order.status) ? 'paid' : 'paidBack';
  const last = isPaid(order) ? paid : isOrderClosed(order.status) ? 'total' : 'toPay';
  return [
    ...parts,
    { label: says('net'), amount: money(order.netMinor), rule: true },
    { label: says('vat'), amount: money(order.vatMinor) },
    { label: says(last), amount: money(order.totalMinor), total: true },
  ];
}

function isPaid({ invoice }: Order): boolean {
  return invoice.paidAt !== null;
}
