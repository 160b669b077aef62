import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ProcessContract } from './contract.js';
import type { AskedBy } from './desk.js';
import type { AmountChanged, AttemptUnderWay, InvoiceClosed, NoAttempt } from './failures.js';

export interface InvoicePaymentInput {
  readonly invoiceId: string;
}

export interface InvoicePaymentResult {
  readonly status: 'paid' | 'void' | 'uncollectible';
}

/** How an attempt stands, as the page that asked for it is told. */
export interface AttemptOutcome {
  readonly attemptId: string;
  /** `held`: it waits at an emergency stop, and goes on by itself. `paid_from_credit`: nothing was left for a card. */
  readonly status:
    | 'succeeded'
    | 'declined'
    | 'requires_action'
    | 'processing'
    | 'unknown'
    | 'held'
    | 'paid_from_credit';
  /** The provider's word for the decline; a phrase is looked up by it. */
  readonly declineCode?: string;
}

export type InvoicePaymentRefusal =
  | typeof InvoiceClosed
  | typeof NoAttempt
  | typeof AttemptUnderWay
  | typeof AmountChanged;

export const invoicePayment: ProcessContract<InvoicePaymentInput, InvoicePaymentResult> = {
  type: 'invoicePayment',
  taskQueue: 'billing',
  summary: 'One invoice, until it is paid, taken back or written off',
  beginsAgain: true,
  workflowId: ({ invoiceId }) => `invoice-payment:${invoiceId}`,
};

/** What a page said that the card pays, and what goes before it of the customer's credit. */
export interface ShownAmount {
  readonly cardMinor: number;
  readonly creditMinor: number;
}

export interface PaymentWish {
  readonly paymentMethodId: string;
  readonly shown?: ShownAmount;
}

/**
 * Charges the card now, with the customer in front of the page. Answers as soon as the bank did, or with how it stands
 * when that takes longer. A second click while it runs gets the first one's answer; another card takes the place of one
 * whose bank still waits for its customer. Refused: `InvoiceClosed`, and `AmountChanged` where it is no longer what the page
 * showed: then nothing is taken.
 */
export const payInvoice = defineUpdate<AttemptOutcome, [PaymentWish]>('payInvoice');

export interface RetryWish {
  readonly paymentMethodId: string;
  readonly by: AskedBy;
  /** Drawn by who asks, where the same may be asked again: that is one try. */
  readonly attemptId?: string;
}

/**
 * Staff have the card tried now, without the customer. Answers as `payInvoice` does; another try that is under way or
 * unknown is never joined. Refused: `InvoiceClosed`, `AttemptUnderWay`.
 */
export const retryPayment = defineUpdate<AttemptOutcome, [RetryWish]>('retryPayment');

/**
 * The customer came back from their bank: look the charge up at once. Answers as `payInvoice` does. Refused:
 * `InvoiceClosed`, and `NoAttempt` where there never was one.
 */
export const resumeAttempt = defineUpdate<AttemptOutcome>('resumeAttempt');

/** The provider called: a hint to look the charge up at once, never a proof. */
export const chargeMoved = defineSignal('chargeMoved');

/** The customer saved another card: what failed before is tried with their usual card at once. */
export const cardUpdated = defineSignal('cardUpdated');

/** The invoice was taken back: nothing is charged any more. */
export const invoiceVoided = defineSignal('invoiceVoided');

/** Money came in besides the card, or staff closed the invoice: what its rows say is read afresh. */
export const invoiceChanged = defineSignal('invoiceChanged');

export const collectionStatuses = [
  'waiting', //           for the customer, or for a card
  'attempting', //        a card is being charged
  'looking_up', //        nobody said how it went
  'waiting_for_retry', // declined; tried again by itself
  'paid',
  'void',
  'uncollectible',
] as const;

export type CollectionStatus = (typeof collectionStatuses)[number];

export const collectionStatus = defineQuery<CollectionStatus>('status');
