import express, { Router } from 'express';
import { z } from 'zod';
import { ApiFailure } from './api/failures.js';
import { faultKinds } from './api/faults.js';
import type { Control } from './control.js';
import { mischiefKinds } from './webhooks/mischief.js';

const times = z.int().min(1).max(1_000_000).optional();
const lot = { times, chance: z.number().min(0).max(1).optional(), seed: z.string().optional() };
const fault = z.strictObject({
  match: z.string().regex(/^(GET|POST|DELETE|\*) \/v1\//),
  kind: z.enum(faultKinds),
  ms: z.int().min(0).optional(),
  ...lot,
});
const mischief = z.strictObject({
  kind: z.enum(mischiefKinds),
  type: z.string().optional(),
  amount: z.int().min(1).optional(),
  ...lot,
});
const declines = z.strictObject({ codes: z.array(z.string()).min(1) });
const pattern = z.strictObject({
  seed: z.string(),
  by: z.enum(['card', 'customer']).default('customer'),
  subject: z.string().optional(),
  chance: z.number().min(0).max(1),
  shortest: z.int().min(1).default(1),
  longest: z.int().min(1).max(1000).default(3),
  codes: z.array(z.string()).min(1).default(['insufficient_funds']),
});
const refunds = z.strictObject({ outcomes: z.array(z.enum(['pending', 'fails'])).min(1) });
const refundDecision = z.strictObject({ status: z.enum(['succeeded', 'failed']), reason: z.string().optional() });
const complaint = z.strictObject({
  reason: z.string().optional(),
  inquiry: z.boolean().optional(),
  amount: z.int().min(1).optional(),
});
const disputeDecision = z.strictObject({ outcome: z.enum(['won', 'lost', 'escalated']) });
const payoutDecision = z.strictObject({ status: z.enum(['paid', 'failed']) });
const hours = (standard: number) => z.strictObject({ hours: z.number().min(0).default(standard) });
const nothing = z.strictObject({});

/** `/_sim`: for tests, simulations and demonstrations; the product never calls it. */
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
    disputes: account.disputes,
    balance_transactions: account.balanceTransactions,
    payouts: account.payouts,
    events: account.events,
    deliveries: account.deliveries,
    agenda: account.agenda,
  };
  for (const [name, table] of Object.entries(tables)) {
    routes.get(`/${name}`, (_request, response) => void response.json(table.newestFirst()));
  }

  routes.use(express.json());
  order('/faults', fault, (given) => control.fault(given));
  order('/webhooks', mischief, (given) => control.mischief(given));
  order('/declines', declines, ({ codes }) => control.decline(...codes));
  order('/decline-patterns', pattern, (given) => control.declinePattern(given));
  order('/refunds', refunds, ({ outcomes }) => control.refunds(...outcomes));
  order('/refunds/:id', refundDecision, ({ status, reason }, id) => control.decideRefund(id, status, reason));
  order('/charges/:id/dispute', complaint, (given, id) => control.dispute(id, given));
  order('/disputes/:id', disputeDecision, ({ outcome }, id) => control.decideDispute(id, outcome));
  order('/payouts', nothing, () => control.payOut());
  order('/payouts/:id', payoutDecision, ({ status }, id) => control.decidePayout(id, status));
  order('/time', hours(1), (given) => ({ happened: control.elapse(given.hours) }));
  order('/idempotency-keys/prune', hours(24), (given) => ({ forgotten: control.prune(given.hours) }));
  order('/calm', nothing, () => control.calm());
  order('/events/:id/deliver', nothing, (_, id) => control.resend(id));
  return routes;

  function order<Shape extends z.ZodType>(
    path: string,
    shape: Shape,
    act: (given: z.output<Shape>, id: string) => unknown,
  ) {
    routes.post(path, async (request, response) => {
      const given = shape.safeParse(request.body ?? {});
      if (!given.success)
        throw new ApiFailure(400, { type: 'invalid_request_error', message: z.prettifyError(given.error) });
      response.json((await act(given.data, String(request.params.id ?? ''))) ?? {});
    });
  }
}
