import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import express from 'express';
import Stripe from 'stripe';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Control } from '../../dev/payments/control.js';
import { createPaymentSimulator } from '../../dev/payments/simulator.js';
import { stripeClient } from '../../gateways/payments/stripe-client.js';
import { close, listening, originOf } from './payment-simulator.js';
import { suiteUnless } from './skipping.js';
import { type Exchange, type Judge, missingInterface, stripeInterface } from './stripe-interface.js';

/** A provider as the official package sees it. */
export interface Provider {
  readonly stripe: Stripe;
  readonly customer: string;
  /** A charge that went through, in cents of a euro unless said otherwise. */
  pay(card: string, amount?: number, currency?: string): Promise<Stripe.Charge>;
}

export interface Simulated extends Provider {
  readonly control: Control;
  readonly origin: string;
  /** Every call that it answers, under `/v1`. */
  readonly calls: readonly { readonly method: string; readonly path: string }[];
  /** What was said since the test began. */
  readonly exchanges: readonly Exchange[];
  /** The types of what was told about one object, in the order in which it was told. */
  told(id: string): string[];
}

const { STRIPE_SECRET_KEY: secretKey = '' } = process.env;
const needed = secretKey.startsWith('sk_test_') ? undefined : 'STRIPE_SECRET_KEY is not a key of a test account';

/**
 * One contract over the simulator and, where a test account's key is set, over Stripe itself. What the simulator answers
 * and tells is judged by Stripe's published interface, where it is there. Each test's name says where it runs.
 */
export function stripeContract(about: string) {
  const here = suite(`${about}: the simulator`);
  const there = suiteUnless(needed, `${about}: Stripe itself`);
  const judge: Judge | undefined = missingInterface === undefined ? stripeInterface() : undefined;
  let simulated: Simulated & { readonly exchanges: Exchange[]; stop(): Promise<void> };
  let real: Provider;

  here.before(async () => {
    simulated = await startSimulated();
  });
  here.after(() => simulated.stop());
  there.before(async () => {
    real = await providerOf(new Stripe(secretKey));
  });

  function onSimulator(name: string, work: (provider: Simulated) => Promise<void>): void {
    here(name, async () => {
      simulated.exchanges.length = 0;
      const before = simulated.control.account.events.newestFirst()[0]?.id;
      await work(simulated);
      if (!judge) return;
      const told = [...simulated.control.account.events.oldest({ beyond: before })];
      const faults = simulated.exchanges.flatMap((exchange) => judge.faultsOf(exchange));
      assert.equal([...faults, ...told.flatMap((event) => judge.faultsOfEvent(event))], []);
    });
  }

  return {
    /** Needs nothing but the provider. */
    everywhere(name: string, work: (provider: Provider) => Promise<void>): void {
      onSimulator(`${name} (here and at Stripe)`, work);
      there(`${name} (here and at Stripe)`, () => work(real));
    },
    /** Needs what only the simulator has: `what` says it. */
    hereAlone(name: string, what: string, work: (provider: Simulated) => Promise<void>): void {
      onSimulator(`${name} (here alone: ${what})`, work);
    },
    run(): void {
      here.run();
      there.run();
    },
  };
}

async function startSimulated() {
  const exchanges: Exchange[] = [];
  const simulator = createPaymentSimulator({ bankDelayMs: 100 });
  const server = await listening(
    express().use(express.urlencoded({ extended: true }), recording(exchanges), simulator.app),
  );
  const origin = originOf(server);
  const { control } = simulator;
  return {
    ...(await providerOf(stripeClient({ secretKey: 'sk_test_1', apiUrl: origin }))),
    control,
    origin,
    calls: simulator.calls,
    exchanges,
    told: (id: string) =>
      [...control.account.events.oldest()]
        .filter(({ data }) => (data.object as { id: string }).id === id)
        .map(({ type }) => type),
    async stop() {
      await close(server);
      await simulator.stop();
    },
  };
}

async function providerOf(stripe: Stripe): Promise<Provider> {
  const { id: customer } = await stripe.customers.create({ name: 'Olha Петренко', email: 'olha@example.org' });
  return {
    stripe,
    customer,
    async pay(card, amount = 3000, currency = 'eur') {
      const asked = { amount, currency, customer, payment_method: card, payment_method_types: ['card'] };
      const intent = await stripe.paymentIntents.create(
        { ...asked, confirm: true, off_session: true, expand: ['latest_charge'] },
        { idempotencyKey: randomUUID() },
      );
      return intent.latest_charge as Stripe.Charge;
    },
  };
}

/** Keeps each call of the provider's interface with its answer. */
export function recording(exchanges: Exchange[]): RequestHandler {
  return (request, response, next) => {
    const send = response.send.bind(response);
    const { path, method } = request;
    response.send = (body: string) => {
      const { key: _, ...sent } = { ...request.query, ...request.body };
      if (path.startsWith('/v1/')) {
        exchanges.push({ method, path, sent, status: response.statusCode, answer: JSON.parse(body) });
      }
      return send(body);
    };
    next();
  };
}

const PATIENCE_MS = 30_000;

/** Looks again until it is so: banks take their time. */
export async function eventually<Seen>(look: () => Promise<Seen>, isSo: (seen: Seen) => boolean): Promise<Seen> {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; ) {
    const seen = await look();
    if (isSo(seen)) return seen;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it was not so within ${PATIENCE_MS} ms`);
}

/** What a refused call was refused with. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeError) return error.code ?? error.type;
    throw error;
  }
  throw new Error('nothing was refused');
}
