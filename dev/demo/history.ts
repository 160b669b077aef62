import { randomUUID } from 'node:crypto';
import { phrase } from '../../locales/phrases.js';
import type { Customer } from '../../models/accounts/customer.js';
import type { User } from '../../models/accounts/user.js';
import { Invoice } from '../../models/billing/invoice.js';
import { issueInvoice } from '../../models/billing/invoice-issue.js';
import { Payment } from '../../models/billing/payment.js';
import { Price } from '../../models/catalogue/price.js';
import { ProductOption } from '../../models/catalogue/product-option.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import type { Order } from '../../models/orders/order.js';
import type { SoldChoice } from '../../models/orders/order-line.js';
import { placeOrder } from '../../models/orders/order-placement.js';
import { Service } from '../../models/services/service.js';
import { Subscription } from '../../models/services/subscription.js';
import { addDays, addMonths, dayAt, startOfDay } from '../../rules/calendar.js';
import { invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { order as orderProcess } from '../../workflows/messages/order.js';
import type { SeededProduct } from './catalogue.js';
import { handOver } from './hand-over.js';
import type { People } from './people.js';

export interface PastOrder {
  readonly customer: Customer;
  readonly user: User;
  readonly product: SeededProduct;
  /** By option: `{ memory: '128' }`; what is not named is the usual choice. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly hostName: string;
  readonly displayName?: string;
  readonly daysAgo: number;
  /** Of the periods begun since, the last so many stand unpaid. */
  readonly unpaid?: number;
}

/** An order of the past with all that followed: paid by transfer, built, handed over, and invoiced each month since. */
export async function seedPastOrder(past: PastOrder, { brand }: People, now: Date): Promise<void> {
  const { customer, user, hostName } = past;
  const placedAt = new Date(now.getTime() - past.daysAgo * 86_400_000);
  const { product } = past.product;
  const choices = await soldChoices(past);
  const monthly = await priceOf({ productId: product.id }, customer);
  const recurringMinor = choices.reduce((sum, choice) => sum + choice.recurringMinor, monthly.recurringMinor);
  const addressChoice = choices.find(({ option }) => option === 'addresses');
  const texts = {
    recurring: phrase(customer.language, 'invoices:line.recurring', { product: product.name, host: hostName }),
    setup: phrase(customer.language, 'invoices:line.setup', { product: product.name }),
    detail: choices.map(({ name }) => name[customer.language]).join(', '),
  };
  const placed = await placeOrder({
    customer,
    user,
    brand,
    formToken: randomUUID(),
    line: {
      productId: product.id,
      productName: product.name,
      choices,
      periodMonths: 1,
      productRecurringMinor: monthly.recurringMinor,
      recurringMinor,
      setupMinor: monthly.setupMinor,
      hostName,
      system: 'debian-13',
      ipv4PrefixLength: Number(addressChoice?.choice ?? 32),
      justification: addressChoice?.choice === '29' ? 'TLS certificates that cannot share an address.' : null,
      sshKey: null,
      implementationContact: user.email,
    },
    texts,
    acceptedFrom: '192.0.2.44',
    placedAt,
  });
  await ProcessStart.markStarted(orderProcess.workflowId({ orderId: placed.id }), placedAt);
  const service = await builtAndPaid(placed, past, placedAt);
  await renew(service, past, { brand, texts, recurringMinor, now });
}

async function soldChoices({ product, chosen, customer }: PastOrder): Promise<SoldChoice[]> {
  const options = await ProductOption.query()
    .where({ productId: product.product.id })
    .orderBy('position')
    .withGraphFetched('choices');
  return Promise.all(
    options.map(async ({ key, isPhysical, choices }) => {
      const choice = choices.find((each) => (chosen[key] ? each.key === chosen[key] : each.isDefault));
      if (!choice) throw new RangeError(`${product.product.slug} has no ${key} ${chosen[key]}`);
      const { recurringMinor, setupMinor } = await priceOf({ choiceId: choice.id }, customer);
      return {
        option: key,
        choice: choice.key,
        choiceId: choice.id,
        isPhysical,
        name: choice.name,
        recurringMinor,
        setupMinor,
      };
    }),
  );
}

function priceOf(of: { productId: string } | { choiceId: string }, { currency }: Customer) {
  return Price.query()
    .findOne({ ...of, currency, periodMonths: 1 })
    .throwIfNotFound();
}

async function builtAndPaid(order: Order, past: PastOrder, placedAt: Date): Promise<Service> {
  const paidAt = new Date(placedAt.getTime() + 4 * 60_000);
  const activeAt = new Date(paidAt.getTime() + 24 * 60_000);
  const invoice = await Invoice.query().findOne({ orderId: order.id }).throwIfNotFound();
  await pay(invoice, paidAt);
  const service = await Service.query()
    .joinRelated('orderLine')
    .where('orderLine.orderId', order.id)
    .first()
    .throwIfNotFound();
  await order.moveTo('preparing', paidAt);
  await service.$query().patch({ status: 'preparing' });
  await handOver(service, activeAt);
  await order.moveTo('active', activeAt, { closes: true });
  if (past.displayName) await service.$query().patch({ name: past.displayName });
  return Service.query().findById(service.id).withGraphFetched('[customer, subscription, orderLine]').throwIfNotFound();
}

async function pay(invoice: Invoice, at: Date): Promise<void> {
  const receipt = { invoiceId: invoice.id, method: 'transfer', amount: invoice.total, at } as const;
  await Invoice.transaction((trx) => Payment.receive({ ...receipt, reference: `SEPA ${invoice.number}` }, trx));
}

interface Renewing {
  readonly brand: People['brand'];
  readonly texts: { readonly recurring: string; readonly detail: string };
  readonly recurringMinor: number;
  readonly now: Date;
}

/** One invoice a month since, a week ahead of its period, paid a day later; the last ones perhaps not. */
async function renew(
  service: Service,
  { unpaid = 0 }: PastOrder,
  { brand, texts, recurringMinor, now }: Renewing,
): Promise<void> {
  const { customer } = service;
  const today = dayAt(now, customer.timeZone);
  let { paidUntilOn, anchoredOn } = service.running;
  const due: string[] = [];
  for (let month = 1; addDays(addMonths(anchoredOn, month), -7) <= today; month++)
    due.push(addMonths(anchoredOn, month));
  for (const [index, startsOn] of due.entries()) {
    const endsOn = addMonths(anchoredOn, index + 2);
    const at = new Date(startOfDay(addDays(startsOn, -7), customer.timeZone).getTime() + 6 * 3_600_000);
    const net = { amountMinor: recurringMinor, currency: customer.currency };
    const line = {
      kind: 'recurring',
      orderLineId: null,
      serviceId: service.id,
      description: texts.recurring,
      net,
    } as const;
    const period = { periodStartsOn: startsOn, periodEndsOn: endsOn, detail: texts.detail };
    const lines = [{ ...line, ...period }];
    const invoice = await Invoice.transaction((trx) =>
      issueInvoice({ customer, seller: brand.legalEntity, orderId: null, lines, dueOn: startsOn, at }, trx),
    );
    if (index >= due.length - unpaid) {
      await Invoice.transaction((trx) => ProcessStart.accept(invoicePayment, { invoiceId: invoice.id }, at, trx));
      continue;
    }
    await pay(invoice, new Date(at.getTime() + 86_400_000));
    paidUntilOn = endsOn;
  }
  await Subscription.query().where({ serviceId: service.id }).patch({ paidUntilOn });
}
