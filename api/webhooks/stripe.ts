import type { Response } from 'express';
import { type Payments, WebhookNotGenuine } from '../../gateways/payments/payments.js';
import type { Processes } from '../../gateways/processes.js';
import { WebhookEvent } from '../../models/billing/webhook-event.js';
import { isUuid } from '../forms/fields.js';
import type { PathRequest, RouteDeclaration } from '../routing.js';
import { chargeMovedBy } from './charge-events.js';
import { chargeDisputed } from './dispute-events.js';
import { refundCameBack } from './refund-events.js';

export interface WebhookDeps {
  readonly payments: Pick<Payments, 'readEvent'>;
  readonly processes: Processes;
  readonly now: () => Date;
  readonly logError: (reference: string, error: unknown) => void;
}

/**
 * The card provider calls. Verified by its signature, kept once under its own id, answered at once; then it is a hint to
 * whoever waits. What comes of the hint is not the provider's business: without it the charge is looked up all the same.
 */
export function stripeWebhook({ payments, processes, now, logError }: WebhookDeps): RouteDeclaration[] {
  async function receive(request: PathRequest, response: Response): Promise<void> {
    const event = genuine(request);
    if (!event) return void response.sendStatus(401);
    const { id, type, intentId } = event;
    const attemptId = isUuid(event.attemptId) ? event.attemptId : null;
    const isNew = await WebhookEvent.keep({ id, type, attemptId, intentId, receivedAt: now() });
    response.sendStatus(200);
    if (!isNew) return;
    try {
      await chargeMovedBy({ attemptId, intentId }, processes);
      await refundCameBack(event, { processes, now });
      await chargeDisputed(event, { processes, now });
      await WebhookEvent.query().findById(id).patch({ handledAt: now() });
    } catch (error) {
      logError(id, error);
    }
  }

  function genuine(request: PathRequest) {
    try {
      return payments.readEvent(request.body as Buffer, request.get('Stripe-Signature') ?? '');
    } catch (error) {
      if (error instanceof WebhookNotGenuine) return undefined;
      throw error;
    }
  }

  return [{ method: 'post', path: '/webhooks/stripe', right: { token: 'webhook' }, body: 'raw', handle: receive }];
}
