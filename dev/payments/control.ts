import express, { Router } from 'express';
import { z } from 'zod';
import type { Account } from './account.js';
import { ApiFailure } from './api/failures.js';
import { type Fault, type Faults, faultKinds } from './api/faults.js';
import { pruneAnswers } from './api/idempotency.js';
import { type Mischief, type Mischiefs, mischiefKinds } from './webhooks/mischief.js';
import type { Postman } from './webhooks/postman.js';

/** What a test may order, in process or by `/_sim`. */
export interface Control {
  readonly account: Account;
  fault(fault: Pick<Fault, 'match' | 'kind'> & Partial<Fault>): void;
  mischief(mischief: Pick<Mischief, 'kind'> & Partial<Mischief>): void;
  /** The next charges are refused with these decline codes, whatever the card. */
  decline(...codes: readonly string[]): void;
  /** Sends a past event once more. */
  resend(eventId: string): Promise<void>;
  /** Forgets idempotency keys of that age, as Stripe does after a day. */
  prune(hours?: number): number;
  /** No more faults, mischief or planned declines. */
  calm(): void;
}

export function createControl(account: Account, faults: Faults, mischiefs: Mischiefs, postman: Postman): Control {
  const control: Control = {
    account,
    fault: (fault) => faults.add({ times: 1, ms: 2000, ...fault }),
    mischief: (mischief) => mischiefs.add({ times: 1, amount: 2, ...mischief }),
    decline: (...codes) => void account.plannedDeclines.push(...codes),
    async resend(id) {
      const event = account.events.get(id);
      if (event) await postman.resend(event);
    },
    prune: (hours = 24) => account.commit({ requestId: null, key: null }, () => pruneAnswers(account, hours)),
    calm() {
      faults.clear();
      mischiefs.clear();
      account.plannedDeclines.length = 0;
    },
  };
  return control;
}

const times = z.int().min(1).max(10_000).default(1);
const fault = z.strictObject({
  match: z.string().regex(/^(GET|POST|DELETE) \/v1\//),
  kind: z.enum(faultKinds),
  times,
  ms: z.int().min(0).default(2000),
});
const mischief = z.strictObject({
  kind: z.enum(mischiefKinds),
  type: z.string().optional(),
  times,
  amount: z.int().min(1).default(2),
});
const declines = z.strictObject({ codes: z.array(z.string()).min(1) });
const pruning = z.strictObject({ hours: z.number().min(0).default(24) });

/** `/_sim`: for tests and for `check-books`; the product never calls it. */
export function controlRoutes(control: Control): Router {
  const { account } = control;
  const routes = Router();
  const tables = {
    customers: account.customers,
    payment_methods: account.paymentMethods,
    setup_intents: account.setupIntents,
    payment_intents: account.paymentIntents,
    charges: account.charges,
    refunds: account.refunds,
    events: account.events,
  };
  for (const [name, table] of Object.entries(tables)) {
    routes.get(`/${name}`, (_request, response) => void response.json(table.newestFirst()));
  }
  routes.get('/deliveries', (_request, response) => void response.json(account.deliveries.newestFirst()));

  routes.use(express.json());
  order('/faults', fault, (given) => control.fault(given));
  order('/webhooks', mischief, (given) => control.mischief(given));
  order('/declines', declines, ({ codes }) => control.decline(...codes));
  order('/idempotency-keys/prune', pruning, ({ hours }) => ({ forgotten: control.prune(hours) }));
  order('/calm', z.strictObject({}), () => control.calm());
  routes.post('/events/:id/deliver', async (request, response) => {
    await control.resend(request.params.id);
    response.json({});
  });
  return routes;

  function order<Shape extends z.ZodType>(path: string, shape: Shape, act: (given: z.output<Shape>) => unknown) {
    routes.post(path, (request, response) => {
      const given = shape.safeParse(request.body ?? {});
      if (!given.success)
        throw new ApiFailure(400, { type: 'invalid_request_error', message: z.prettifyError(given.error) });
      response.json(act(given.data) ?? {});
    });
  }
}
