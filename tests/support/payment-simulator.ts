import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Express } from 'express';
import { createPaymentSimulator, type PaymentSimulator, type SimulatorSettings } from '../../dev/payments/simulator.js';
import type { Payments } from '../../gateways/payments/payments.js';
import { createStripePayments } from '../../gateways/payments/stripe.js';

export const WEBHOOK_SECRET = 'whsec_test';
const PATIENCE_MS = 1000;

export interface RunningSimulator extends PaymentSimulator {
  readonly origin: string;
  readonly payments: Payments;
}

/** The card provider in this process, spoken to over real HTTP by the real gateway. */
export async function startPaymentSimulator({
  patienceMs = PATIENCE_MS,
  ...settings
}: SimulatorSettings & { readonly patienceMs?: number } = {}): Promise<RunningSimulator> {
  const simulator = createPaymentSimulator(settings);
  const server = await listening(simulator.app);
  const origin = originOf(server);
  const payments = createStripePayments({
    secretKey: 'sk_test_simulated',
    publishableKey: 'pk_test_simulated',
    webhookSecret: WEBHOOK_SECRET,
    apiUrl: origin,
    scriptUrl: `${origin}/v3/`,
    patienceMs,
    now: settings.now,
  });
  return { ...simulator, origin, payments, stop: () => Promise.all([close(server), simulator.stop()]).then(() => {}) };
}

export function listening(app: Express): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(0, '127.0.0.1', (error?: Error) => (error ? reject(error) : resolve(server)));
  });
}

export function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
