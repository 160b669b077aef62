import { letterStatuses } from '../../rules/accounts/letter-status.js';
import { disputeStatuses, isDisputeOver } from '../../rules/billing/dispute-status.js';
import { refundStatuses } from '../../rules/billing/refund-status.js';
import { isOrderClosed, orderStatuses } from '../../rules/orders/order-status.js';
import { isPowerCommandOver, powerCommandStatuses } from '../../rules/servers/power-command-status.js';
import { provisioningSteps } from '../../rules/servers/provisioning-steps.js';
import { cancellationStatuses, isAbandoned } from '../../rules/services/cancellation-status.js';
import { collectionStatuses } from './invoice-payment.js';

/** The states that people may find a process in, in the order they happen, and in which of them nothing more happens. */
export interface ProcessStates<State extends string = string> {
  readonly states: readonly State[];
  readonly isOver: (state: State) => boolean;
}

const of = <State extends string>(states: readonly State[], isOver: (state: State) => boolean) => ({ states, isOver });

const provisioned = ['active', 'cancelled', 'out_of_stock', 'given_up'] as const;
const overCollected: readonly string[] = ['paid', 'void', 'uncollectible'];
const overProvisioned: readonly string[] = provisioned;

/** By the process's name, as its contract says it. A new process, or a new state, is told of in `locales/…/processes.json`. */
export const processStates = {
  order: of(orderStatuses, isOrderClosed),
  invoicePayment: of(collectionStatuses, (state) => overCollected.includes(state)),
  serverProvisioning: of([...provisioningSteps, ...provisioned], (state) => overProvisioned.includes(state)),
  serviceCancellation: of(cancellationStatuses, (state) => state === 'ended' || isAbandoned(state)),
  powerCommand: of(powerCommandStatuses, isPowerCommandOver),
  refundReturn: of(refundStatuses, (state) => state === 'succeeded'),
  dispute: of(disputeStatuses, isDisputeOver),
  accountLetter: of(letterStatuses, (state) => state !== 'waiting' && state !== 'asked'),
  passwordReset: of(letterStatuses, (state) => state !== 'waiting' && state !== 'asked'),
  stopRelease: of(['releasing', 'released'] as const, (state) => state === 'released'),
  collectionBatch: of(['working', 'done'] as const, (state) => state === 'done'),
} as const;

export type ProcessName = keyof typeof processStates;
export type StateOf<Name extends ProcessName> = (typeof processStates)[Name]['states'][number];
