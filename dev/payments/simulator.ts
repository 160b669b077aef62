import express, { type ErrorRequestHandler, type Express } from 'express';
import { openAccount } from './account.js';
import { createAgenda } from './agenda.js';
import { type Api, createApi } from './api/api.js';
import { ApiFailure, invalidRequest } from './api/failures.js';
import { createFaults } from './api/faults.js';
import { type Control, createControl } from './control.js';
import { controlRoutes } from './control-routes.js';
import { cardForm } from './page/card-form.js';
import { challengeAnswers } from './page/challenge-answers.js';
import { challengePage } from './page/challenge-page.js';
import { scriptFiles } from './page/script-files.js';
import { balanceRoutes } from './resources/balance.js';
import { bankActs } from './resources/bank-acts.js';
import { chargeRoutes } from './resources/charges.js';
import { customerRoutes } from './resources/customers.js';
import { disputeRoutes } from './resources/disputes.js';
import { eventRoutes } from './resources/events.js';
import { paymentIntentRoutes } from './resources/payment-intents.js';
import { paymentMethodRoutes } from './resources/payment-methods.js';
import { payoutRoutes } from './resources/payouts.js';
import { refundRoutes } from './resources/refunds.js';
import { setupIntentRoutes } from './resources/setup-intents.js';
import { putConfiguredEndpoint, webhookEndpointRoutes } from './resources/webhook-endpoints.js';
import { openStore } from './state/store.js';
import { createMischiefs } from './webhooks/mischief.js';
import { createPostman } from './webhooks/postman.js';

export interface SimulatorSettings {
  /** Where the state is kept; absent, it goes with the process. */
  readonly dataDir?: string;
  readonly webhook?: { readonly url: string; readonly secret: string };
  readonly now?: () => Date;
  /** How long banks take over refunds and disputes. */
  readonly bankDelayMs?: number;
}

export interface PaymentSimulator {
  readonly app: Express;
  readonly control: Control;
  /** Every call of the provider's interface that it answers, under `/v1`. */
  readonly calls: Api['calls'];
  /** Waits for the deliveries under way; the rest goes on after the next start. */
  stop(): Promise<void>;
}

/** A card provider that speaks Stripe's language, for the shop on one machine and for its tests. */
export function createPaymentSimulator({
  dataDir,
  webhook,
  now = () => new Date(),
  bankDelayMs = 3000,
}: SimulatorSettings): PaymentSimulator {
  const store = openStore(dataDir);
  const account = openAccount(store, now, bankDelayMs);
  const [faults, mischiefs] = [createFaults(), createMischiefs()];
  const postman = createPostman(account, mischiefs);
  const agenda = createAgenda(account, bankActs, postman.wake);
  const changed = () => {
    postman.wake();
    agenda.wake();
  };
  const control = createControl({ account, faults, mischiefs, postman, agenda, looks: store.looks, changed });
  const api = createApi(account, faults, changed);
  const resources = [
    customerRoutes,
    paymentMethodRoutes,
    setupIntentRoutes,
    paymentIntentRoutes,
    chargeRoutes,
    refundRoutes,
    disputeRoutes,
    balanceRoutes,
    payoutRoutes,
    eventRoutes,
    webhookEndpointRoutes,
  ];
  for (const resource of resources) resource(api, account);
  if (webhook) putConfiguredEndpoint(account, webhook);
  changed();

  const app = express();
  app.disable('x-powered-by').set('query parser', 'extended');
  app.get('/healthz', (_request, response) => void response.json({ ok: true }));
  app.use('/v1', api.routes);
  app.use('/_sim', controlRoutes(control));
  app.use('/v3', scriptFiles());
  app.use('/elements/card', cardForm());
  app.use('/challenge', challengePage(account), challengeAnswers(account, changed));
  app.use((request) => {
    throw invalidRequest(`Unrecognized request URL (${request.method}: ${request.path}).`, {}, 404);
  });
  app.use(answerFailure);
  return {
    app,
    control,
    calls: api.calls,
    async stop() {
      agenda.stop();
      await postman.stop();
    },
  };
}

const answerFailure: ErrorRequestHandler = (error: unknown, _request, response, _next) => {
  const broken = { type: 'api_error', message: String(error) } as const;
  const { status, error: body } = error instanceof ApiFailure ? error : new ApiFailure(500, broken);
  if (status === 500) console.error(error);
  response.status(status).json({ error: body });
};
