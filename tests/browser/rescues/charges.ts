import * as assert from 'uvu/assert';
import { answerThreeDSecure } from '../../../dev/payments/client.js';
import { Invoice } from '../../../models/billing/invoice.js';
import { PaymentAttempt } from '../../../models/billing/payment-attempt.js';
import { invoicePayment, invoiceVoided } from '../../../workflows/messages/invoice-payment.js';
import type { Step } from '../../faults/matrix/cell.js';
import type { House } from '../../faults/matrix/house/house.js';
import { ALWAYS_ASKS, challenged } from '../../faults/matrix/stories/invoice-payments.js';
import { aBill, assertPaidOnce, type Billed, click } from '../../faults/matrix/stories/paying.js';
import { isOver, rescue } from './rescue.js';

export const chargeRescues = [
  rescue({
    name: '[BIL-05] a charge that stopped at each of its steps is tried again each time, and charged once',
    reads: [/No money has moved/, /A charge of €260\.40 to Visa/],
    decided: [
      ['createCharge', 'retry'],
      ['confirmCharge', 'retry'],
      ['lookUpCharge', 'retry'],
    ],
    begin: (house: House) => billed(house, ['createCharge', 'confirmCharge', 'lookUpCharge']),
    before: { 2: confirmed },
    end: (_, { invoice }) => assertPaidOnce(invoice.id),
  }),
  rescue({
    name: '[BIL-05] a charge that nobody wants any more is taken back when that is tried again',
    reads: [/Nobody wants this charge any more/, /it counts as paid/],
    decided: [['cancelCharge', 'retry']],
    begin: unwanted,
    async end(_, { invoice }) {
      const [attempt] = await PaymentAttempt.query().where({ invoiceId: invoice.id });
      assert.is(attempt?.status, 'cancelled');
    },
  }),
  ...(['createCharge', 'confirmCharge', 'lookUpCharge'] as const).map((step) =>
    rescue({
      name: `[BIL-05] a charge is given up at ${step}; asked for again it is looked up first, and charged once`,
      decided: [[step, 'cancel']],
      begin: (house) => billed(house, [step]),
      end: paidAfterAll,
    }),
  ),
  rescue({
    name: '[BIL-05] taking a charge back is given up, and nothing is charged',
    decided: [['cancelCharge', 'cancel']],
    begin: unwanted,
    async end(_, { invoice }) {
      const [attempt] = await PaymentAttempt.query().where({ invoiceId: invoice.id });
      assert.equal([attempt?.status, (await invoice.$query()).status], ['requires_action', 'open']);
    },
  }),
];

/** The customer's click, with what is refused on its way. */
async function billed(house: House, refused: readonly Step[]) {
  const bill = await aBill(house, ALWAYS_ASKS);
  const subject = { invoiceId: bill.invoice.id };
  const workflowId = invoicePayment.workflowId(subject);
  for (const step of refused) house.refuseOnce(workflowId, step);
  await house.start(invoicePayment, subject);
  await house.clock.during(() => click(house, subject.invoiceId, bill.card));
  return { ...bill, workflowId };
}

/** Taken back while the bank waits for its customer. */
async function unwanted(house: House) {
  const bill = await billed(house, ['cancelCharge']);
  await house.clock.during(() => challenged(house, bill));
  await house.processes.signal(invoicePayment, { invoiceId: bill.invoice.id }, invoiceVoided);
  return bill;
}

async function confirmed(house: House, bill: Billed): Promise<void> {
  const { intentId } = await challenged(house, bill);
  const { payments, origin } = house.simulator;
  const clientSecret = await payments.clientSecretOf(intentId ?? '');
  await answerThreeDSecure({ origin, clientSecret, answer: 'confirm' });
}

/** Whoever pays on the invoice again begins its process again. */
async function paidAfterAll(house: House, bill: Billed & { readonly workflowId: string }): Promise<void> {
  const { invoice, card, workflowId } = bill;
  assert.is((await Invoice.query().findById(invoice.id))?.status, 'open');
  await house.start(invoicePayment, { invoiceId: invoice.id });
  await house.clock.during(async () => {
    await click(house, invoice.id, card);
    await confirmed(house, bill);
    await house.clock.until('it is paid', () => isOver(house, workflowId));
  });
  await assertPaidOnce(invoice.id);
}
