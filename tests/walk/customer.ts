import { setTimeout as pause } from 'node:timers/promises';
import { answerThreeDSecure } from '../../dev/payments/client.js';
import { ProcessesUnavailable, ProcessRefused } from '../../gateways/processes.js';
import { Customer } from '../../models/accounts/customer.js';
import { Invoice } from '../../models/billing/invoice.js';
import { PaymentAttempt } from '../../models/billing/payment-attempt.js';
import { receiveTransfer } from '../../models/billing/transfer.js';
import type { Order } from '../../models/orders/order.js';
import { placeOrder, SoldOut } from '../../models/orders/order-placement.js';
import { requestPower } from '../../models/servers/power-request.js';
import { ServerLease } from '../../models/servers/server-lease.js';
import { Service } from '../../models/services/service.js';
import { ServiceCancellation } from '../../models/services/service-cancellation.js';
import { dayAt } from '../../rules/calendar.js';
import {
  type AttemptOutcome,
  collectionStatus,
  invoicePayment,
  payInvoice,
  resumeAttempt,
} from '../../workflows/messages/invoice-payment.js';
import { cancelOrder, order as orderProcess } from '../../workflows/messages/order.js';
import {
  confirmCancellation,
  serviceCancellation,
  withdrawCancellation,
} from '../../workflows/messages/service-cancellation.js';
import { aCustomer, aUser } from '../support/builders.js';
import { saveCard } from '../support/invoices.js';
import { aPlacement } from '../support/orders.js';
import { cards, type Plan } from './plan.js';
import type { WalkShop } from './shop.js';

/** One order and the person behind it, who does what the plan says, and takes a refusal or a silence as people do. */
export interface WalkingCustomer {
  readonly plan: Plan;
  readonly order: Order;
  pay(): Promise<void>;
  changeMind(): Promise<void>;
  use(): Promise<void>;
  leave(): Promise<void>;
  /** Whoever stayed, or took it back, goes for good. */
  moveOut(): Promise<void>;
}

const zones = ['Europe/Paris', 'Europe/Kyiv', 'Pacific/Auckland', 'America/Los_Angeles'];

/** Nothing where all machines are out. */
export async function aWalkingCustomer(shop: WalkShop, plan: Plan): Promise<WalkingCustomer | undefined> {
  const { processes, simulator, workshop, now } = shop;
  const customer = await aCustomer({ currency: plan.currency, timeZone: zones[plan.order % zones.length] ?? 'UTC' });
  const user = await aUser(customer);
  const line = { recurringMinor: plan.recurringMinor, setupMinor: plan.setupMinor };
  const hostName = `walk-${plan.order}.example.org`;
  const placement = await aPlacement(
    { customer, user, product: workshop.product },
    { ...line, hostName, placedAt: now() },
  );
  const order = await placeOrder(placement).catch((error: unknown) => {
    if (!(error instanceof SoldOut)) throw error;
    return undefined;
  });
  if (!order) return undefined;
  const { id: orderId } = order;
  const { id: invoiceId, total } = await Invoice.query().findOne({ orderId }).throwIfNotFound();
  const act = () => ({ staff: shop.staff, address: '192.0.2.1', at: now() });
  await processes.start(orderProcess, { orderId });

  return {
    plan,
    order,

    async pay() {
      const { pays } = plan;
      if (pays === 'never') return;
      await begun();
      if (pays === 'transfer') await transfer(total.amountMinor);
      if (pays === 'tooMuch') await transfer(total.amountMinor + 1_000);
      if (pays === 'transferAndCard') await transfer(Math.max(1, Math.floor(total.amountMinor / 3)));
      if (pays === 'transfer' || pays === 'tooMuch') return;
      const cardId = await savedCard(cards[plan.card]);
      const clicks = Array.from({ length: pays === 'twice' ? 2 : 1 }, () => click(cardId));
      for (const outcome of await Promise.all(clicks)) if (outcome) await answerBank(outcome);
      if ((await Invoice.query().findById(invoiceId))?.status !== 'open' || plan.card === 'good') return;
      const outcome = await click(await savedCard(cards.good)); // the first card was no use
      if (outcome) await answerBank(outcome);
    },

    async changeMind() {
      await pause(plan.waitsMs);
      const { id: serviceId } = await serviceOf(orderId);
      const tell = () => asked(processes.update(orderProcess, { orderId }, cancelOrder, { userId: user.id }));
      await shop.changeMind(serviceId, tell);
    },

    async use() {
      const service = await serviceOf(orderId);
      const lease = await ServerLease.query().modify('heldBy', service.id, now()).first().withGraphFetched('server');
      if (!plan.power || service.status !== 'active' || !lease) return;
      const wish = { command: plan.power, reason: 'a walk', from: '192.0.2.44', at: now() };
      await requestPower({ server: lease.server, service, by: { user }, ...wish });
    },

    async leave() {
      if (plan.ends !== 'stays') await giveUp(plan.ends === 'withdraws' ? withdrawCancellation : confirmCancellation);
    },

    moveOut: () => giveUp(confirmCancellation),
  };

  async function giveUp(answer: typeof confirmCancellation | typeof withdrawCancellation): Promise<void> {
    const service = await serviceOf(orderId);
    if (service.status !== 'active') return;
    const requested = { requestedOn: dayAt(now(), customer.timeZone), requestedAt: now() };
    const wish = { wish: 'now', reason: '', ...requested } as const;
    const { id: cancellationId } = await ServiceCancellation.request(service, wish);
    await asked(processes.start(serviceCancellation, { cancellationId }));
    await pause(500); // the link is on its way
    await asked(processes.update(serviceCancellation, { cancellationId }, answer));
  }

  async function transfer(amountMinor: number): Promise<void> {
    const amount = { amountMinor, currency: plan.currency };
    await receiveTransfer(
      invoiceId,
      { reference: `walk ${plan.order}`, receivedOn: dayAt(now(), 'UTC'), amount },
      act(),
    );
  }

  async function savedCard(number: string): Promise<string> {
    const fresh = await Customer.query().findById(customer.id).throwIfNotFound();
    const { card } = await persistently(() => saveCard(simulator, fresh, number));
    return card.id;
  }

  /** The order's process begins the collecting; until then there is nobody to ask. */
  async function begun(): Promise<void> {
    for (let looks = 0; looks < 100; looks++) {
      if (await asked(processes.query(invoicePayment, { invoiceId }, collectionStatus))) return;
      await pause(100);
    }
  }

  function click(paymentMethodId: string): Promise<AttemptOutcome | undefined> {
    return asked(processes.update(invoicePayment, { invoiceId }, payInvoice, { paymentMethodId }));
  }

  async function answerBank({ status, attemptId }: AttemptOutcome): Promise<void> {
    if (status !== 'requires_action' || plan.atTheBank === 'leave') return;
    const { intentId } = await PaymentAttempt.query().findById(attemptId).throwIfNotFound();
    if (!intentId) return;
    const clientSecret = await persistently(() => simulator.payments.clientSecretOf(intentId));
    await answerThreeDSecure({ origin: simulator.origin, clientSecret, answer: plan.atTheBank }).catch(() => {});
    await asked(processes.update(invoicePayment, { invoiceId }, resumeAttempt));
  }
}

function serviceOf(orderId: string): Promise<Service> {
  return Service.query()
    .joinRelated('orderLine')
    .where('orderLine.orderId', orderId)
    .first()
    .throwIfNotFound()
    .execute();
}

/** The longest that somebody waits in front of a page. */
const PATIENCE_MS = 25_000;

/** A refusal is an answer, and a page that waited too long is looked at again later. */
export async function asked<Answer>(question: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await Promise.race([question, pause(PATIENCE_MS, undefined, { ref: false })]);
  } catch (error) {
    if (error instanceof ProcessRefused || error instanceof ProcessesUnavailable) return undefined;
    throw error;
  }
}

/** As a browser whose first answer got lost: tried until the provider answers. */
async function persistently<Answer>(act: () => Promise<Answer>, tries = 12): Promise<Answer> {
  try {
    return await act();
  } catch (error) {
    if (tries === 1) throw error;
    await pause(100);
    return persistently(act, tries - 1);
  }
}
