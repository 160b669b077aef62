import type { Response } from 'express';
import { PaymentsUnavailable } from '../../../gateways/payments/payments.js';
import { type InvoiceStory, ownInvoice, storyOf } from '../../../models/billing/invoice-story.js';
import { beginCardEntry } from '../../card-entry.js';
import { allowCardEntry } from '../../middleware/headers.js';
import { presentInvoice } from '../../presenters/billing/invoice.js';
import type { PathRequest, RouteDeclaration } from '../../routing.js';
import type { BillingDeps } from './deps.js';

/** One invoice, and the way to pay it. */
export function invoiceRoutes(deps: BillingDeps): RouteDeclaration[] {
  const right = { section: 'billing', level: 'visitor' } as const;

  async function show({ params, query }: PathRequest, response: Response): Promise<void> {
    const invoice = await ownInvoice(response.locals.customer, params.number ?? '');
    await showInvoice(deps, response, await storyOf(invoice), { anotherCard: query.card === 'new' });
  }

  return [{ method: 'get', path: '/invoices/:number', right, handle: show }];
}

interface Wish {
  readonly anotherCard?: boolean;
  readonly problem?: string;
}

/** The page as it stands now: what the bank wants from its customer goes before a card that is to be typed in. */
export async function showInvoice(
  { payments, now }: BillingDeps,
  response: Response,
  told: InvoiceStory,
  { anotherCard = false, problem }: Wish = {},
): Promise<void> {
  const { reader, customer } = response.locals;
  const { invoice, attempts, cards, cardPart } = told;
  const open = invoice.status === 'open' && attempts[0]?.settledAt === null ? attempts[0] : undefined;
  const challenged = open?.status === 'requires_action' && !anotherCard ? open.intentId : null;
  const mayPay = invoice.status === 'open' && (!open || (open.status === 'requires_action' && anotherCard));
  const takesCard = mayPay && cardPart.amountMinor > 0 && (anotherCard || cards.length === 0);
  try {
    const bankQuestion = challenged ? await payments.clientSecretOf(challenged) : undefined;
    const card = takesCard ? await beginCardEntry(payments, customer) : undefined;
    const { publishableKey, scriptUrl, origins } = payments.cardPage;
    allowCardEntry(response, origins);
    const page = presentInvoice(reader, told, { now: now(), card, bankQuestion, problem });
    response.render('billing/invoice', { ...page, provider: { publishableKey, scriptUrl } });
  } catch (error) {
    if (!(error instanceof PaymentsUnavailable)) throw error;
    response
      .status(503)
      .render('billing/invoice', presentInvoice(reader, told, { now: now(), problem: 'unavailable' }));
  }
}
