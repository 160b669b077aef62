import type { Server } from 'node:http';
import express from 'express';
import type { Payments } from '../../gateways/payments/payments.js';
import { close, listening, originOf } from './payment-simulator.js';

export interface Received {
  readonly body: Buffer;
  readonly signature: string;
  readonly type: string;
  readonly id: string;
}

export interface WebhookInbox {
  readonly url: string;
  readonly received: Received[];
  /** What is answered; 200 unless changed. */
  status: number;
  /** Everything of that type, once there are so many. */
  arrived(type: string, count?: number): Promise<Received[]>;
  close(): Promise<void>;
}

const PATIENCE_MS = 8000;

/** A webhook's receiving end that keeps what came, byte for byte. */
export async function openWebhookInbox(): Promise<WebhookInbox> {
  const app = express();
  const server: Server = await listening(app);
  const inbox: WebhookInbox = {
    url: `${originOf(server)}/webhooks/stripe`,
    received: [],
    status: 200,
    close: () => close(server),
    async arrived(type, count = 1) {
      for (
        const until = Date.now() + PATIENCE_MS;
        Date.now() < until;
        await new Promise((again) => setTimeout(again, 20))
      ) {
        const found = inbox.received.filter((one) => one.type === type);
        if (found.length >= count) return found;
      }
      throw new Error(`no ${count} × ${type} within ${PATIENCE_MS} ms`);
    },
  };
  app.post('/webhooks/stripe', express.raw({ type: '*/*' }), (request, response) => {
    const { id, type } = JSON.parse(request.body) as { id: string; type: string };
    inbox.received.push({ body: request.body, signature: request.get('stripe-signature') ?? '', id, type });
    response.status(inbox.status).end();
  });
  return inbox;
}

export function readReceived(payments: Payments, { body, signature }: Received) {
  return payments.readEvent(body, signature);
}
