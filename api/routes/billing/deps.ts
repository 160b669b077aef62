import type { Payments } from '../../../gateways/payments/payments.js';
import type { PromiseDeps } from '../../promised-process.js';

export interface BillingDeps extends PromiseDeps {
  readonly payments: Payments;
}
