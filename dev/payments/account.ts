import type { Act, Promised } from './agenda.js';
import type { DeclinePattern, DeclineRun } from './cards/decline-patterns.js';
import type { RefundOutcome } from './cards/test-cards.js';
import { newId } from './ids.js';
import type { BalanceTransaction, Dispute, Payout, PayoutItem, Unpaid } from './state/money-objects.js';
import type {
  Charge,
  Customer,
  Event,
  PaymentIntent,
  PaymentMethod,
  Refund,
  SetupIntent,
  VaultedCard,
  WebhookEndpoint,
} from './state/objects.js';
import type { Row, Store, Table } from './state/store.js';

/** The version whose published interface the simulator's answers are checked against. */
export const API_VERSION = '2026-08-26.dahlia';

/** An event on its way to an endpoint. */
export interface Delivery extends Row {
  readonly event: string;
  readonly endpoint: string;
  readonly attempts: number;
  /** Unix milliseconds. */
  readonly dueAt: number;
}

/** What was answered under an idempotency key. */
export interface KeptAnswer extends Row {
  readonly request: string;
  readonly requestId: string;
  readonly status: number;
  readonly body: string;
  readonly created: number;
}

export interface Origin {
  readonly requestId: string | null;
  readonly key: string | null;
}

/** One merchant's account: its tables, its clock, and what happened in it. */
export interface Account {
  readonly customers: Table<Customer>;
  readonly paymentMethods: Table<PaymentMethod>;
  readonly vault: Table<VaultedCard>;
  readonly setupIntents: Table<SetupIntent>;
  readonly paymentIntents: Table<PaymentIntent>;
  readonly charges: Table<Charge>;
  readonly refunds: Table<Refund>;
  readonly disputes: Table<Dispute>;
  readonly balanceTransactions: Table<BalanceTransaction>;
  readonly unpaid: Table<Unpaid>;
  readonly payouts: Table<Payout>;
  readonly payoutItems: Table<PayoutItem>;
  readonly agenda: Table<Promised>;
  readonly events: Table<Event>;
  readonly webhookEndpoints: Table<WebhookEndpoint>;
  readonly deliveries: Table<Delivery>;
  readonly answers: Table<KeptAnswer>;
  /** Decline codes that wait for the next charges, whatever the card. */
  readonly plannedDeclines: string[];
  /** How the next refunds go, whatever the card. */
  readonly plannedRefunds: RefundOutcome[];
  readonly declinePatterns: Table<DeclinePattern>;
  readonly declineRuns: Table<DeclineRun>;
  /** Unix seconds. */
  now(): number;
  today(): Date;
  /** One change that is kept whole or not at all, told to the webhooks as caused by `origin`. */
  commit<Answer>(origin: Origin, work: () => Answer): Answer;
  tell(type: string, object: object): void;
  /** Something that happens by itself, so many milliseconds from now, or when banks usually get round to it. */
  promise(act: Act, subject: string, afterMs?: number): void;
}

export function openAccount(store: Store, now: () => Date, bankDelayMs: number): Account {
  let origin: Origin = { requestId: null, key: null };
  const account: Account = {
    customers: store.table('customers', ['email']),
    paymentMethods: store.table('payment_methods', ['customer']),
    vault: store.table('vault'),
    setupIntents: store.table('setup_intents', ['customer']),
    paymentIntents: store.table('payment_intents', ['customer']),
    charges: store.table('charges', ['customer', 'payment_intent']),
    refunds: store.table('refunds', ['charge', 'payment_intent']),
    disputes: store.table('disputes', ['charge', 'payment_intent']),
    balanceTransactions: store.table('balance_transactions', ['source', 'type', 'currency']),
    unpaid: store.table('unpaid', ['currency']),
    payouts: store.table('payouts', ['status']),
    payoutItems: store.table('payout_items', ['payout']),
    agenda: store.table('agenda'),
    events: store.table('events', ['type']),
    webhookEndpoints: store.table('webhook_endpoints'),
    deliveries: store.table('deliveries'),
    answers: store.table('answers'),
    plannedDeclines: [],
    plannedRefunds: [],
    declinePatterns: store.table('decline_patterns'),
    declineRuns: store.table('decline_runs'),
    now: () => Math.floor(now().getTime() / 1000),
    today: now,

    commit(by, work) {
      origin = by;
      return store.commit(work);
    },

    tell(type, object) {
      const listening = account.webhookEndpoints.newestFirst().filter((endpoint) => hears(endpoint, type));
      const event = account.events.put({
        id: newId('evt'),
        object: 'event',
        api_version: API_VERSION,
        created: account.now(),
        data: { object: structuredClone(object) },
        livemode: false,
        pending_webhooks: listening.length,
        request: { id: origin.requestId, idempotency_key: origin.key },
        type,
      });
      for (const { id } of listening) {
        account.deliveries.put({
          id: newId('del'),
          event: event.id,
          endpoint: id,
          attempts: 0,
          dueAt: now().getTime(),
        });
      }
    },

    promise(act, subject, afterMs = bankDelayMs) {
      account.agenda.put({ id: newId('act'), act, subject, dueAt: now().getTime() + afterMs });
    },
  };
  return account;
}

function hears({ status, enabled_events }: WebhookEndpoint, type: string): boolean {
  return status === 'enabled' && enabled_events.some((pattern) => pattern === '*' || pattern === type);
}
