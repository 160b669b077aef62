import type { RouteDeclaration } from '../../routing.js';
import { cardRoutes } from './cards.js';
import { creditRoutes } from './credit.js';
import type { BillingDeps } from './deps.js';
import { documentRoutes } from './documents.js';
import { invoiceRoutes } from './invoice.js';
import { invoiceListRoutes } from './list.js';
import { paymentRoutes } from './payment.js';

/** Invoices, what is paid on them, and the cards they are paid with. */
export function billingRoutes(deps: BillingDeps): RouteDeclaration[] {
  return [
    ...invoiceListRoutes(deps),
    ...invoiceRoutes(deps),
    ...paymentRoutes(deps),
    ...creditRoutes(deps),
    ...documentRoutes(),
    ...cardRoutes(deps),
  ];
}
