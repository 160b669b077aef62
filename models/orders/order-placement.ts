import { DBError, type Transaction, UniqueViolationError } from 'objection';
import { dayAt } from '../../rules/calendar.js';
import { order as orderProcess } from '../../workflows/messages/order.js';
import { AuditEntry } from '../accounts/audit-entry.js';
import type { Brand } from '../accounts/brand.js';
import { Contract } from '../accounts/contract.js';
import type { Customer } from '../accounts/customer.js';
import type { User } from '../accounts/user.js';
import { issueInvoice, type NewInvoiceLine } from '../billing/invoice-issue.js';
import { ProcessStart } from '../durable/process-start.js';
import { ServerLease } from '../servers/server-lease.js';
import { createOrderedService } from '../services/ordered-service.js';
import type { Service } from '../services/service.js';
import { TimelineEntry } from '../timeline-entry.js';
import { Order } from './order.js';
import { OrderLine } from './order-line.js';
import { refuseTooManyUnpaid } from './unpaid-orders.js';

/** How long the machine is held for somebody who has not paid yet. */
export const LEASE_MINUTES = 30;
/** How long an unpaid order stands. */
const EXPIRES_AFTER_DAYS = 7;

export interface Placement {
  readonly customer: Customer;
  readonly user: User;
  readonly brand: Brand;
  /** One form, one order. */
  readonly formToken: string;
  readonly line: Omit<OrderLine, keyof import('objection').Model | 'id' | 'orderId' | 'position' | 'physicalChoiceIds'>;
  /** Of the document, in its language: what is charged each period, and what once. */
  readonly texts: { readonly recurring: string; readonly setup: string; readonly detail: string };
  readonly acceptedFrom: string;
  readonly placedAt: Date;
  /** How many unpaid orders the customer may have, this one counted; absent, nobody counts. */
  readonly mostUnpaid?: number;
}

/** No machine is left that has all that was asked for. */
export class SoldOut extends Error {
  override name = 'SoldOut';
}

/**
 * Order, service, leased machine, invoice, sentence, audit entry and the promised process, or none of them. The same
 * form again is the same order. Throws `SoldOut`, `TooManyUnpaid`.
 */
export async function placeOrder(placement: Placement, tries = 3): Promise<Order> {
  try {
    return await Order.transaction((trx) => place(placement, trx));
  } catch (error) {
    if (error instanceof UniqueViolationError && error.constraint === 'orders_form_token_unique') {
      const { formToken, customer } = placement;
      return Order.query().modify('ownedBy', customer).findOne({ formToken }).throwIfNotFound();
    }
    if (tries > 1 && isLostRace(error)) return placeOrder(placement, tries - 1);
    throw error;
  }
}

/** Another order took the same machine, or the same name for its service, between our look and our write. */
function isLostRace(error: unknown): boolean {
  const EXCLUSION_VIOLATION = '23P01';
  if (error instanceof UniqueViolationError) return error.constraint === 'services_slug_per_customer';
  return error instanceof DBError && (error.nativeError as { code?: string }).code === EXCLUSION_VIOLATION;
}

async function place(placement: Placement, trx: Transaction): Promise<Order> {
  const { customer, user, brand, formToken, line, acceptedFrom, placedAt } = placement;
  if (placement.mostUnpaid !== undefined) await refuseTooManyUnpaid(customer, placement.mostUnpaid, trx);
  const contract = await Contract.query(trx).modify('usualOf', customer).first().throwIfNotFound();
  const order = await Order.query(trx).insertAndFetch({
    customerId: customer.id,
    contractId: contract.id,
    placedBy: user.id,
    formToken,
    status: 'awaiting_payment',
    currency: customer.currency,
    netMinor: 0,
    vatMinor: 0,
    totalMinor: 0,
    termsVersion: brand.termsVersion,
    acceptedFrom,
    placedAt,
    expiresAt: new Date(placedAt.getTime() + EXPIRES_AFTER_DAYS * 86_400_000),
  });
  await tellPlaced(order, placement, trx);
  const orderLine = await OrderLine.query(trx).insertAndFetch({ ...line, orderId: order.id, position: 1 });
  const service = await createOrderedService(order, orderLine, trx);
  const until = new Date(placedAt.getTime() + LEASE_MINUTES * 60_000);
  const wanted = { productId: line.productId, choiceIds: orderLine.physicalChoiceIds };
  const server = await ServerLease.take(wanted, service.id, { from: placedAt, until }, trx);
  if (!server) throw new SoldOut(`no ${line.productName} is left with these choices`);

  const invoice = await issueInvoice(
    {
      customer,
      seller: brand.legalEntity,
      orderId: order.id,
      lines: linesOf(placement, orderLine, service),
      dueOn: dayAt(order.expiresAt, customer.timeZone),
      at: placedAt,
    },
    trx,
  );
  const { netMinor, vatMinor, totalMinor } = invoice;
  const priced = await order.$query(trx).patchAndFetch({ netMinor, vatMinor, totalMinor });
  await audit(priced, placement, trx);
  await ProcessStart.accept(orderProcess, { orderId: order.id }, placedAt, trx);
  return priced;
}

function linesOf({ customer, line, texts }: Placement, orderLine: OrderLine, service: Service): NewInvoiceLine[] {
  const of = { orderLineId: orderLine.id, serviceId: service.id, detail: texts.detail };
  const money = (amountMinor: number) => ({ amountMinor, currency: customer.currency });
  const recurring = {
    ...of,
    kind: 'recurring',
    description: texts.recurring,
    net: money(line.recurringMinor),
  } as const;
  const setup = { ...of, kind: 'setup', description: texts.setup, detail: null, net: money(line.setupMinor) } as const;
  return line.setupMinor > 0 ? [recurring, setup] : [recurring];
}

async function tellPlaced({ id, termsVersion }: Order, { user, placedAt }: Placement, trx: Transaction): Promise<void> {
  const values = { who: user.name, terms: termsVersion };
  const told = { event: 'order.placed', values, actor: 'customer', actorId: user.id, happenedAt: placedAt } as const;
  await TimelineEntry.tell({ subjectType: 'order', subjectId: id, ...told }, trx);
}

async function audit(
  order: Order,
  { user, customer, placedAt, acceptedFrom }: Placement,
  trx: Transaction,
): Promise<void> {
  const { number, total, termsVersion } = order;
  const actor = { actorKind: 'user', actorId: user.id, actorName: user.name, address: acceptedFrom } as const;
  const audited = { action: 'order.placed', subjectType: 'order', subjectId: number, happenedAt: placedAt };
  const after = { number, total, termsVersion };
  await AuditEntry.record({ ...actor, ...audited, customerId: customer.id, after }, trx);
}
