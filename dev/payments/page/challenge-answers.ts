import express, { Router } from 'express';
import { z } from 'zod';
import type { Account } from '../account.js';
import { ApiFailure } from '../api/failures.js';
import { checkSecret, paymentIntentOf, setupIntentOf, visible } from '../resources/intents.js';
import { answeredPayment } from '../resources/payment-confirmation.js';
import { answeredSetup } from '../resources/setup-confirmation.js';

const page = { id: '', publishable: true, origin: '' };
const answer = z.strictObject({ client_secret: z.string(), answer: z.enum(['confirm', 'refuse']) });

/** Where the bank's dialog sends what its customer chose. */
export function challengeAnswers(account: Account, changed: () => void): Router {
  const routes = Router();
  routes.post('/:intent', express.json(), (request, response) => {
    const given = answer.safeParse(request.body);
    if (!given.success) throw new ApiFailure(400, { type: 'invalid_request_error', message: 'No answer was given.' });
    const confirmed = given.data.answer === 'confirm';
    const intent = account.commit({ requestId: null, key: null }, () =>
      answered(account, request.params.intent, given.data.client_secret, confirmed),
    );
    changed();
    response.json(visible(intent, page));
  });
  return routes;
}

function answered(account: Account, id: string, secret: string, confirmed: boolean) {
  if (id.startsWith('seti_')) {
    const setup = setupIntentOf(account, id);
    checkSecret(setup, secret, page);
    return answeredSetup(account, setup, confirmed);
  }
  const intent = paymentIntentOf(account, id);
  checkSecret(intent, secret, page);
  return answeredPayment(account, intent, confirmed);
}
