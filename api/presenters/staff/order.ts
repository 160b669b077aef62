import { formatMoney } from '../../../locales/formats.js';
import { phrase } from '../../../locales/phrases.js';
import { taskWord } from '../../../locales/task-words.js';
import type { Order } from '../../../models/orders/order.js';
import { systemName } from '../../../models/orders/order-line.js';
import type { OrderProgress } from '../../../models/orders/order-progress.js';
import type { Case } from '../../../models/staff/case.js';
import { day, duration, moment, type Reader } from '../moments.js';
import { nextOf } from '../orders/next.js';
import { stepsOf } from '../orders/steps.js';
import { pill } from '../pill.js';
import { presentSteps } from '../steps.js';
import { presentStory } from '../timeline.js';
import { presentAttempts } from './attempts.js';
import { customerFacts } from './customer-facts.js';
import { happenedOutside } from './happened.js';
import { taskIcon } from './task-words.js';
import { type TemporalUi, workflowAddress } from './temporal-ui.js';

export interface OrderInput {
  readonly progress: OrderProgress;
  readonly about: Case;
  readonly ui: TemporalUi | undefined;
  readonly now: Date;
}

export function presentStaffOrder(reader: Reader, { progress, about, ui, now }: OrderInput) {
  const { order } = progress;
  const { language } = reader;
  const says = (key: string, values = {}) => phrase(language, `staff:order.${key}`, values);
  return {
    title: order.number,
    crumbs: [{ label: phrase(language, 'staff:orders.title'), address: '/staff/orders' }],
    pill: pill(language, 'order', order.status),
    about: says('about', {
      customer: order.customer.name,
      who: order.user.name,
      at: moment(reader, order.placedAt).text,
    }),
    tasks: about.tasks.map((task) => ({
      tone: 'bad',
      icon: taskIcon(task),
      title: taskWord(language, task, 'title'),
      address: `/staff/tasks/${task.id}`,
      text: says('taskWaits', { time: duration(reader, now.getTime() - task.since.getTime()) }),
      act: { label: phrase(language, 'staff:overview.decide'), address: `/staff/tasks/${task.id}` },
    })),
    steps: presentSteps(reader, stepsOf(reader, progress), now),
    customerReads: says('customerReads', { sentence: nextOf(reader, progress, now).text }),
    unfinished: order.closedAt === null,
    address: `/staff/orders/${order.number}`,
    lines: linesOf(reader, order),
    attempts: presentAttempts(reader, about.attempts),
    happened: happenedOutside(reader, about),
    customer: customerFacts(reader, order.customer),
    facts: factsOf(reader, order, about),
    workflows: workflowsOf(reader, order, about).map((each) => ({ ...each, address: workflowAddress(ui, each.id) })),
    story: presentStory(reader, about.story),
  };
}

function linesOf({ language }: Reader, { lines, currency }: Order) {
  return lines.map((line) => ({
    product: line.productName,
    host: line.hostName,
    choices: line.choices.map(({ name }) => name[language]).join(', '),
    system: systemName(line, language),
    recurring: formatMoney(language, { amountMinor: line.recurringMinor, currency }),
    setup: formatMoney(language, { amountMinor: line.setupMinor, currency }),
    period: phrase(language, 'staff:order.months', { count: line.periodMonths }),
  }));
}

function factsOf(reader: Reader, order: Order, { service }: Case) {
  const { language } = reader;
  const says = (key: string) => phrase(language, `staff:order.${key}`);
  const { invoice } = order;
  return [
    { label: says('total'), value: formatMoney(language, order.total), sub: says('withVat') },
    ...(order.status === 'awaiting_payment'
      ? [{ label: says('expires'), value: moment(reader, order.expiresAt).text }]
      : []),
    ...(invoice
      ? [
          {
            label: says('invoice'),
            value: invoice.number,
            address: `/staff/invoices/${invoice.number}`,
            sub: phrase(language, `states:invoice.${invoice.status}`),
          },
          { label: says('due'), value: day(reader, invoice.dueOn).text },
        ]
      : []),
    ...(service
      ? [{ label: says('service'), value: service.name, sub: phrase(language, `states:service.${service.status}`) }]
      : []),
    {
      label: says('accepted'),
      value: order.termsVersion,
      address: `/terms/${encodeURIComponent(order.termsVersion)}`,
      sub: order.acceptedFrom,
    },
  ];
}

function workflowsOf({ language }: Reader, order: Order, { service }: Case) {
  const name = (kind: string) => phrase(language, `staff:workflows.kind.${kind}`);
  const built = service && service.status !== 'ordered';
  return [
    { kind: name('order'), id: `order:${order.id}` },
    ...(order.invoice ? [{ kind: name('invoicePayment'), id: `invoice-payment:${order.invoice.id}` }] : []),
    ...(built ? [{ kind: name('serverProvisioning'), id: `server-provisioning:${service.id}` }] : []),
  ];
}
