import type { Account, Delivery } from '../account.js';
import type { Event, WebhookEndpoint } from '../state/objects.js';
import { createTimer } from '../state/timer.js';
import type { Mischief, Mischiefs } from './mischief.js';
import { signature } from './signatures.js';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Stripe goes on for three days. https://docs.stripe.com/webhooks#automatic-retries */
const BACK_OFF_MS = [
  SECOND,
  5 * SECOND,
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  HOUR,
  6 * HOUR,
  12 * HOUR,
  24 * HOUR,
  24 * HOUR,
];
const PATIENCE_MS = 10_000;
/** However much has piled up while nobody was there. */
const MOST_AT_ONCE = 50;
/** Older than the five minutes that receivers grant. */
const STALE_S = 600;

export interface Postman {
  /** Sends what is due and comes back for the rest. */
  wake(): void;
  /** Sends one event once more. */
  resend(event: Event): Promise<void>;
  stop(): Promise<void>;
}

/** Carries events to their endpoints, oldest first, again with growing pauses until they are taken. */
export function createPostman(account: Account, mischiefs: Mischiefs): Postman {
  const underWay = new Set<Promise<void>>();
  const timer = createTimer(account.deliveries, account.today, () => wake());
  let stopped = false;

  return {
    wake,
    async resend(event) {
      await Promise.all(account.webhookEndpoints.newestFirst().map((endpoint) => post(event, endpoint)));
    },
    async stop() {
      stopped = true;
      timer.stop();
      await Promise.all(underWay);
    },
  };

  function wake(): void {
    const free = MOST_AT_ONCE - underWay.size;
    if (stopped || free <= 0) return;
    for (const delivery of timer.due({ atMost: free })) {
      const way = carry(delivery).finally(() => {
        underWay.delete(way);
        wake();
      });
      underWay.add(way);
    }
    if (underWay.size < MOST_AT_ONCE) timer.rest();
  }

  async function carry(delivery: Delivery): Promise<void> {
    const event = account.events.get(delivery.event);
    const endpoint = account.webhookEndpoints.get(delivery.endpoint);
    const taken = !event || !endpoint || (await attempt(event, endpoint, delivery.attempts === 0));
    if (stopped) return;
    account.commit({ requestId: null, key: null }, () => {
      const pause = BACK_OFF_MS[delivery.attempts];
      if (!taken && pause !== undefined) {
        const dueAt = account.today().getTime() + pause;
        account.deliveries.put({ ...delivery, attempts: delivery.attempts + 1, dueAt });
        return;
      }
      account.deliveries.remove(delivery.id);
      if (event && taken) account.events.put({ ...event, pending_webhooks: Math.max(0, event.pending_webhooks - 1) });
    });
  }

  /** Only the first try is tampered with: what was lost, late or badly signed comes right by the retry. */
  async function attempt(event: Event, endpoint: WebhookEndpoint, first: boolean): Promise<boolean> {
    const mischief = first ? mischiefs.take(event.type) : undefined;
    if (mischief?.kind === 'lose') return true;
    if (mischief?.kind === 'delay') await pause(mischief.amount);
    if (mischief?.kind === 'reorder') await pause(2 * SECOND);
    if (mischief?.kind !== 'duplicate') return post(event, endpoint, mischief);
    const copies = Array.from({ length: mischief.amount }, () => post(event, endpoint));
    return (await Promise.all(copies)).every(Boolean);
  }

  async function post(event: Event, { url, secret }: WebhookEndpoint, mischief?: Mischief): Promise<boolean> {
    const body = JSON.stringify(event, null, 2);
    const signedAt = account.now() - (mischief?.kind === 'stale' ? STALE_S : 0);
    const key = mischief?.kind === 'bad_signature' ? `not ${secret}` : secret;
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'stripe-signature': signature(key, signedAt, body),
      'user-agent': 'Stripe/1.0 (simulated)',
    };
    try {
      const options = {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(PATIENCE_MS),
      } as const;
      return (await fetch(url, options)).ok;
    } catch {
      return false; // nobody there, or too slow: it comes again
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => setTimeout(resolve, ms).unref());
  }
}
