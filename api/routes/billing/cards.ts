import type { Response } from 'express';
import { NotFoundError } from 'objection';
import { PaymentsUnavailable } from '../../../gateways/payments/payments.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { PaymentMethod } from '../../../models/billing/payment-method.js';
import { beginCardEntry } from '../../card-entry.js';
import { cardsTriedAgain } from '../../cards-tried-again.js';
import { parseSavedCard } from '../../forms/billing/saved-card.js';
import { isUuid } from '../../forms/fields.js';
import { allowCardEntry } from '../../middleware/headers.js';
import { presentCardEntry, presentCards, presentRemoval } from '../../presenters/billing/cards.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import { keepSavedCard } from '../../saved-card.js';
import type { BillingDeps } from './deps.js';

/** The customer's saved cards. Their numbers are typed into the provider's own frame and never reach us. */
export function cardRoutes(deps: BillingDeps): RouteDeclaration[] {
  const { payments, now } = deps;
  const seen = { section: 'billing', level: 'visitor' } as const;
  const changed = { section: 'billing', level: 'manager' } as const;

  async function list(_request: PathRequest, response: Response): Promise<void> {
    const { reader, customer } = response.locals;
    const cards = await PaymentMethod.query().modify('ownedBy', customer).modify('usable');
    response.render('billing/cards', presentCards(reader, cards, now()));
  }

  async function enter(_request: PathRequest, response: Response, problem?: string): Promise<void> {
    const { reader, customer } = response.locals;
    try {
      const card = await beginCardEntry(payments, customer);
      allowCardEntry(response, payments.cardPage.origins);
      response.render('billing/card-entry', presentCardEntry(reader, card, problem));
    } catch (error) {
      if (!(error instanceof PaymentsUnavailable)) throw error;
      response.status(503).render('billing/card-entry', presentCardEntry(reader, undefined, 'unavailable'));
    }
  }

  async function add(request: PathRequest, response: Response): Promise<void> {
    const { customer } = response.locals;
    const setup = parseSavedCard(request.body);
    const card = setup && (await keepSavedCard(payments, customer, setup, now()));
    if (!card) return enter(request, response.status(422), 'notSaved');
    await cardsTriedAgain(deps, customer);
    response.redirect(303, '/cards');
  }

  async function makeDefault(request: PathRequest, response: Response): Promise<void> {
    const card = await ownCard(request, response);
    await card.makeDefault();
    await cardsTriedAgain(deps, response.locals.customer);
    response.redirect(303, '/cards');
  }

  async function askRemoval(request: PathRequest, response: Response): Promise<void> {
    const card = await ownCard(request, response);
    response.render('billing/card-removal', presentRemoval(response.locals.reader, card));
  }

  async function remove(request: PathRequest, response: Response): Promise<void> {
    const { reader } = response.locals;
    const card = await ownCard(request, response);
    const paying = await PaymentAttempt.query().modify('open').findOne({ paymentMethodId: card.id });
    if (paying) return response.status(409).render('billing/card-removal', presentRemoval(reader, card, 'paying'));
    await payments.removeCard(card.providerId);
    await card.remove(now());
    response.redirect(303, '/cards');
  }

  return [
    { method: 'get', path: '/cards', right: seen, handle: list },
    { method: 'post', path: '/cards', right: changed, handle: add },
    { method: 'get', path: '/cards/new', right: changed, handle: (request, response) => enter(request, response) },
    { method: 'post', path: '/cards/:id/default', right: changed, handle: makeDefault },
    { method: 'get', path: '/cards/:id/removal', right: changed, handle: askRemoval },
    { method: 'delete', path: '/cards/:id', right: changed, handle: remove },
  ];
}

async function ownCard({ params }: PathRequest, { locals }: Response): Promise<PaymentMethod> {
  const { id } = params;
  if (!isUuid(id)) throw new NotFoundError({});
  return PaymentMethod.query().modify('ownedBy', locals.customer).modify('usable').findById(id).throwIfNotFound();
}
