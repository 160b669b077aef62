import type { ToldCell } from './cell.js';
import { shown } from './shown.js';

const invoicePayment = 'workflows/billing/invoice-payment.test.ts';
const invoicePaymentEnd = 'workflows/billing/invoice-payment-end.test.ts';
const desk = 'workflows/billing/invoice-payment-desk.test.ts';
const webhooks = 'api/webhooks/stripe.test.ts';
const simulator = 'tests/contracts/payments-webhooks.test.ts';
const charges = 'activities/billing/charges.test.ts';
const faults = 'tests/contracts/payments-faults.test.ts';
const reversals = 'activities/billing/reversals.test.ts';
const credit = 'models/billing/credit-payment.test.ts';
const outside = 'tests/faults/outside-world.test.ts';

/** What other tests show of money: webhooks, the provider's answers, people who click at once. */
export const shownOfMoney: readonly ToldCell[] = [
  shown(
    ['web', 'webhook', 'comes ten times'],
    ['F7'],
    ['BIL-05'],
    outside,
    'keeps one payment when the webhook comes ten times',
  ),
  shown(
    ['web', 'webhook', 'is heard twice, or out of order'],
    ['F7'],
    ['BIL-05'],
    webhooks,
    'are heard once, however often they come',
  ),
  shown(
    ['web', 'webhook', 'never comes'],
    ['F7'],
    ['BIL-05', 'WFL-06'],
    outside,
    'goes on when the webhook never comes',
  ),
  shown(
    ['refundReturn', 'webhook', 'never comes'],
    ['F7'],
    ['BIL-09'],
    reversals,
    'a refund that came back is promised to its process once',
  ),
  shown(
    ['dispute', 'webhook', 'never comes'],
    ['F7'],
    ['BIL-05'],
    reversals,
    'a dispute is kept once with its process',
  ),
  shown(
    ['web', 'webhook', 'is of live mode'],
    ['F7'],
    ['BIL-05'],
    webhooks,
    'of live mode are nothing for a shop in test mode',
  ),
  shown(['web', 'webhook', 'is about a stranger or a deleted client'], ['F7'], ['BIL-05'], webhooks, 'move nobody'),
  shown(
    ['web', 'webhook', 'is late, altered or badly signed'],
    ['F7'],
    ['BIL-05'],
    simulator,
    'an old or a missing signature is not genuine',
  ),
  shown(
    ['web', 'webhook', 'comes while the cluster is away'],
    ['F2', 'F7'],
    ['BIL-05'],
    webhooks,
    'are answered while the cluster is away',
  ),
  shown(
    ['invoicePayment', 'confirmCharge', 'the provider holds another amount or currency'],
    ['F7'],
    ['BIL-05'],
    charges,
    'holds another amount than ours',
  ),
  shown(
    ['invoicePayment', 'createCharge', 'a failure is kept under its key'],
    ['F8'],
    ['BIL-05'],
    faults,
    'a failure is kept under its key',
  ),
  shown(
    ['invoicePayment', 'createCharge', 'the answer is lost before its id was kept'],
    ['F8'],
    ['BIL-05'],
    faults,
    'an answer lost before its id was kept is found by the papers',
  ),
  shown(
    ['invoicePayment', 'confirmCharge', '429, 500, a call that is dropped'],
    ['F8'],
    ['BIL-05'],
    faults,
    'nothing happened, and the same key does it later',
  ),
  shown(
    ['invoicePayment', 'confirmCharge', 'the key is forgotten after a day'],
    ['F8'],
    ['BIL-05'],
    faults,
    'a decline is replayed under its key, and planned declines end',
  ),
  shown(
    ['invoicePayment', 'payInvoice', 'a double click, two tabs'],
    ['F9'],
    ['BIL-05'],
    invoicePayment,
    'makes one charge of a double click',
  ),
  shown(
    ['invoicePayment', 'payInvoice', 'another card while the bank waits'],
    ['F9'],
    ['BIL-05'],
    invoicePayment,
    'lets another card take the place of one whose bank still waits',
  ),
  shown(
    ['invoicePayment', 'payInvoice', 'what is owed, or the credit, changes under the page'],
    ['F9'],
    ['BIL-05'],
    credit,
    'and card are what the page showed, or nothing is taken of either',
  ),
  shown(
    ['invoicePayment', 'payInvoice', 'the invoice is settled or void'],
    ['F9'],
    ['BIL-05'],
    invoicePaymentEnd,
    'refuses a click that comes when all is over',
  ),
  shown(
    ['invoicePayment', 'retryPayment', 'staff click twice'],
    ['F9', 'F17'],
    ['BIL-06', 'STF-07'],
    desk,
    'takes one of two clicks, and refuses the other',
  ),
  shown(
    ['invoicePayment', 'retryPayment', 'staff, while a try is under way'],
    ['F9', 'F17'],
    ['BIL-06', 'STF-07'],
    desk,
    'refuses while a try is under way or unknown',
  ),
  shown(
    ['invoicePayment', 'a transfer', 'crosses a try of the card'],
    ['F9'],
    ['BIL-06'],
    'models/billing/transfer.test.ts',
    'never both take the money',
  ),
  shown(
    ['order', 'refundPayments', 'asked twice, and the answer lost'],
    ['F9'],
    ['BIL-05'],
    'activities/billing/refunds.test.ts',
    'sends its payment back once, also when the answer is lost',
  ),
  shown(
    ['order', 'refundPayments', 'many refunds race'],
    ['F9'],
    ['BIL-05'],
    'tests/contracts/stripe-refunds.test.ts',
    'of refunds that race no more get through',
  ),
  shown(
    ['invoicePayment', 'account credit', 'spent by twenty invoices at once'],
    ['F10'],
    ['BIL-05', 'BIL-09'],
    credit,
    'is spent once, whole and never beyond, when twenty use it',
  ),
  shown(
    ['invoicePayment', 'account credit', 'twenty clicks on one invoice'],
    ['F9', 'F10'],
    ['BIL-05', 'BIL-09'],
    credit,
    'pays one invoice once when twenty use it there at once',
  ),
  shown(
    ['invoicePayment', 'account credit', 'card and credit clicked together'],
    ['F9'],
    ['BIL-05', 'BIL-09'],
    credit,
    'and the card, clicked together, take what is owed once',
  ),
  shown(
    ['invoicePayment', 'account credit', 'while a charge is out'],
    ['F9'],
    ['BIL-05', 'BIL-09'],
    credit,
    'is not touched while a charge is out',
  ),
  shown(
    ['order', 'creditInvoice', 'partial credit notes race over one payment'],
    ['F9'],
    ['BIL-09'],
    'models/billing/refund.test.ts',
    'raced by partial credit notes stay within the payment',
  ),
];
