import { randomUUID } from 'node:crypto';
import { phrase } from '../../locales/phrases.js';
import type { Customer } from '../../models/accounts/customer.js';
import type { User } from '../../models/accounts/user.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Price } from '../../models/catalogue/price.js';
import { ProductOption } from '../../models/catalogue/product-option.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import type { Order } from '../../models/orders/order.js';
import type { SoldChoice } from '../../models/orders/order-line.js';
import { placeOrder } from '../../models/orders/order-placement.js';
import { Service } from '../../models/services/service.js';
import { order as orderProcess } from '../../workflows/messages/order.js';
import type { SeededProduct } from './catalogue.js';
import type { Deed } from './deeds.js';
import { handOver } from './hand-over.js';
import type { People } from './people.js';
import { payByTransfer, renewals } from './renewals.js';

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

/** An order of the past: paid by transfer, built, handed over, and invoiced each month since. */
export function pastOrder(past: PastOrder, people: People, now: Date): Deed {
  const at = new Date(now.getTime() - past.daysAgo * 86_400_000);
  return { at, act: () => placeAndBuild(past, people, at, now) };
}

async function placeAndBuild(past: PastOrder, { brand }: People, placedAt: Date, now: Date): Promise<Deed[]> {
  const { customer, user, hostName } = past;
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
  return renewals(service, { brand, texts, recurringMinor, unpaid: past.unpaid ?? 0, now });
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
  await payByTransfer(invoice, paidAt);
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
