import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused } from '../../../../gateways/processes.js';
import type { Customer } from '../../../../models/accounts/customer.js';
import { Invoice } from '../../../../models/billing/invoice.js';
import { Payment } from '../../../../models/billing/payment.js';
import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import type { PaymentMethod } from '../../../../models/billing/payment-method.js';
import type { Money } from '../../../../rules/money.js';
import { invoiceChanged, invoicePayment, payInvoice } from '../../../../workflows/messages/invoice-payment.js';
import { aCustomer } from '../../../support/builders.js';
import { anInvoice, saveCard } from '../../../support/invoices.js';
import type { House } from '../house/house.js';

export interface Billed {
  readonly customer: Customer;
  readonly card: PaymentMethod;
  readonly invoice: Invoice;
}

/** A customer with a saved card and an open invoice. */
export async function aBill(house: House, cardNumber?: string): Promise<Billed> {
  const customer = await aCustomer();
  const { card } = await saveCard(house.simulator, customer, cardNumber);
  return { customer, card, invoice: await anInvoice(await customer.$query()) };
}

/** The customer's clicks on the page, until one was taken. What the page is not told in time, it could ask again. */
export async function click(house: House, invoiceId: string, card: PaymentMethod): Promise<void> {
  await house.clock.until('the card is taken', async () => {
    try {
      await house.processes.update(invoicePayment, { invoiceId }, payInvoice, { paymentMethodId: card.id });
    } catch (error) {
      if (error instanceof ProcessRefused && error.refusal === undefined) return false; // it has not begun
      if (!(error instanceof ProcessesUnavailable) && !(error instanceof ProcessRefused)) throw error;
    }
    return true;
  });
}

/** Money that staff book as received, once somebody collects it. */
export async function transfer(house: House, { id: invoiceId }: Invoice, amount: Money): Promise<void> {
  const collecting = house.client.workflow.getHandle(invoicePayment.workflowId({ invoiceId }));
  await house.clock.until('it is collected', () => collecting.describe().catch(() => false as const));
  const receipt = { invoiceId, method: 'transfer', amount, reference: 'RF18', at: await house.clock.now() } as const;
  await Payment.transaction((trx) => Payment.receive(receipt, trx));
  await house.processes.signal(invoicePayment, { invoiceId }, invoiceChanged);
}

/** The provider was asked for the money once; that it holds no other charge of ours is compared for all at the end. */
export async function assertPaidOnce(invoiceId: string): Promise<void> {
  const { status, totalMinor } = await Invoice.query().findById(invoiceId).throwIfNotFound();
  assert.is(status, 'paid');
  const payments = await Payment.query().where({ invoiceId });
  assert.equal(
    payments.map(({ amountMinor }) => amountMinor),
    [totalMinor],
  );
  assert.is(await PaymentAttempt.query().where({ invoiceId, status: 'succeeded' }).resultSize(), 1);
  assert.is(await PaymentAttempt.query().modify('open').where({ invoiceId }).resultSize(), 0);
}
