import * as assert from 'uvu/assert';
import { answerThreeDSecure } from '../../../../dev/payments/client.js';
import { Payment } from '../../../../models/billing/payment.js';
import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import { cardUpdated, invoicePayment, invoiceVoided } from '../../../../workflows/messages/invoice-payment.js';
import { saveCard } from '../../../support/invoices.js';
import type { House } from '../house/house.js';
import { aBill, assertPaidOnce, type Billed, click } from './paying.js';
import { cellsOf, conflictCellOf, type Story, told } from './story.js';

const about = {
  process: 'invoicePayment',
  features: ['BIL-05', 'WFL-01', 'WFL-06'],
  groups: ['F1', 'F8'],
  workflowId: ({ invoice }: Billed) => invoicePayment.workflowId({ invoiceId: invoice.id }),
} as const;

export const ALWAYS_ASKS = '4000002760003184';
const SAVED_AND_DECLINED = '4000000000000341';

const paidAtOnce: Story<Billed> = {
  ...about,
  way: 'paid at once',
  steps: ['beginCollection', 'openAttempt', 'createCharge', 'confirmCharge', 'recordOutcome'],
  forStaff: ['createCharge', 'confirmCharge'],
  arrange: aBill,
  async tell(house, bill) {
    const { asked } = await collected(house, bill, () => click(house, bill.invoice.id, bill.card));
    await assertPaidOnce(bill.invoice.id);
    return told('paid once', asked);
  },
};

const confirmedWithTheBank: Story<Billed> = {
  ...about,
  way: 'the bank wants to see its customer',
  steps: ['lookUpCharge'],
  forStaff: ['lookUpCharge'],
  arrange: (house) => aBill(house, ALWAYS_ASKS),
  async tell(house, bill) {
    const { asked } = await collected(house, bill, async () => {
      await click(house, bill.invoice.id, bill.card);
      const { intentId } = await challenged(house, bill);
      const { payments, origin } = house.simulator;
      const clientSecret = await payments.clientSecretOf(intentId ?? '');
      await answerThreeDSecure({ origin, clientSecret, answer: 'confirm' });
    });
    await assertPaidOnce(bill.invoice.id);
    return told('paid once', asked);
  },
};

const takenBack: Story<Billed> = {
  ...about,
  way: 'taken back while the bank waits for its customer',
  steps: ['cancelCharge'],
  forStaff: ['cancelCharge'],
  arrange: (house) => aBill(house, ALWAYS_ASKS),
  async tell(house, bill) {
    const { result, asked } = await collected(house, bill, async () => {
      await click(house, bill.invoice.id, bill.card);
      await challenged(house, bill);
      await house.processes.signal(invoicePayment, { invoiceId: bill.invoice.id }, invoiceVoided);
    });
    assert.equal(result, { status: 'void' });
    assert.is(await Payment.query().where({ invoiceId: bill.invoice.id }).resultSize(), 0);
    assert.is(await PaymentAttempt.query().modify('open').where({ invoiceId: bill.invoice.id }).resultSize(), 0);
    return told('taken back, nothing charged', asked);
  },
};

const declinedFirst: Story<Billed> = {
  ...about,
  way: 'declined when nobody is there, paid with another card',
  steps: ['sendPaymentProblem'],
  arrange: (house) => aBill(house, SAVED_AND_DECLINED),
  async tell(house, bill) {
    const { customer, invoice } = bill;
    const letters = () => house.mailbox.letters.filter(({ to }) => to === customer.email);
    const { asked } = await collected(house, bill, async () => {
      await click(house, invoice.id, bill.card);
      await house.clock.until('a letter about the decline', async () => letters().length > 0);
      const subject = { invoiceId: invoice.id };
      await house.clock.until('it is noted', async () => !(await house.isActing(invoicePayment, subject)));
      const { card } = await saveCard(house.simulator, await customer.$query());
      await card.makeDefault();
      await house.processes.signal(invoicePayment, subject, cardUpdated);
    });
    await assertPaidOnce(invoice.id);
    assert.is(new Set(letters().map(({ id }) => id)).size, letters().length);
    return told('told once a try, and paid once with another card', asked);
  },
};

const laidBeforeStaff: Story<Billed> = {
  ...paidAtOnce,
  features: ['STF-07', 'WFL-01'],
  groups: ['F1'],
  way: 'the charge is refused, and staff have it tried again',
  steps: ['openStaffTask', 'closeStaffTask'],
  forStaff: [],
  async arrange(house) {
    const bill = await aBill(house);
    house.refuseOnce(about.workflowId(bill), 'createCharge');
    return bill;
  },
};

export const invoicePaymentCells = [
  ...[paidAtOnce, confirmedWithTheBank, takenBack, declinedFirst, laidBeforeStaff].flatMap(cellsOf),
  conflictCellOf(paidAtOnce),
];

/** The process from its start to its end, while something is done about it. */
async function collected(house: House, { invoice }: Billed, meanwhile: () => Promise<void>) {
  const subject = { invoiceId: invoice.id };
  await house.start(invoicePayment, subject);
  const [ended] = await Promise.all([house.ended(invoicePayment, subject), house.clock.during(meanwhile)]);
  return ended;
}

export function challenged(house: House, { invoice }: Billed): Promise<PaymentAttempt> {
  return house.clock.until('the bank asks for its customer', () =>
    PaymentAttempt.query().findOne({ invoiceId: invoice.id, status: 'requires_action' }),
  );
}
