import { randomUUID } from 'node:crypto';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { Model } from 'objection';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stripeClient } from '../../gateways/payments/stripe-client.js';
import { createProcesses } from '../../gateways/processes.js';
import { createRuns } from '../../gateways/runs.js';
import { Invoice } from '../../models/billing/invoice.js';
import { Payment } from '../../models/billing/payment.js';
import { ProcessStart } from '../../models/durable/process-start.js';
import { assertBooksHold } from '../../tests/support/books.js';
import { aCancellation, aCustomer, aService } from '../../tests/support/builders.js';
import { paidByCard } from '../../tests/support/card-payments.js';
import { openDatabase } from '../../tests/support/database.js';
import { anInvoice } from '../../tests/support/invoices.js';
import { until } from '../../tests/support/launched-shop.js';
import { type RunningSimulator, startPaymentSimulator } from '../../tests/support/payment-simulator.js';
import { developmentCluster, workOnAllQueues } from '../../tests/support/temporal.js';
import { collectionStatus, invoicePayment } from '../../workflows/messages/invoice-payment.js';
import { serviceCancellation } from '../../workflows/messages/service-cancellation.js';
import { type Found, mend } from './mend.js';

const restores = suite('[WFL-06] [OPS] after a restore');
let database: { close: () => Promise<void> };
let cluster: TestWorkflowEnvironment;
let simulator: RunningSimulator;

restores.before(async () => {
  database = await openDatabase();
  simulator = await startPaymentSimulator();
  cluster = await developmentCluster();
});
restores.after(async () => {
  await cluster.teardown();
  await simulator.stop();
  await database.close();
});

function look(act: boolean): Promise<Found[]> {
  const stripe = stripeClient({ secretKey: 'sk_test_1', apiUrl: simulator.origin });
  const [runs, processes] = [createRuns(cluster.client), createProcesses(cluster.client)];
  return mend({ knex: Model.knex(), stripe, runs, processes }, { act });
}

/** What an older copy of the database does not hold of a payment by card. */
async function forget({ id }: Invoice): Promise<void> {
  await Model.knex().transaction(async (trx) => {
    await trx.raw('SET LOCAL session_replication_role = replica');
    const booked = trx('ledger_transactions').whereIn(
      'source_id',
      trx('payments').where({ invoice_id: id }).select('id'),
    );
    await trx('ledger_entries').whereIn('transaction_id', booked.clone().select('id')).delete();
    await booked.delete();
    for (const table of ['payments', 'payment_attempts']) await trx(table).where({ invoice_id: id }).delete();
    await trx('invoices').where({ id }).update({ status: 'open', paid_at: null });
  });
}

async function aPromise(): Promise<{ cancellationId: string }> {
  const { id: cancellationId } = await aCancellation(await aService(await aCustomer()));
  return { cancellationId };
}
const idOf = (input: { cancellationId: string }) => serviceCancellation.workflowId(input);
const about = (found: readonly Found[], id: string) => found.filter(({ what }) => what.startsWith(id));

restores('books a charge that the provider has and the books lack, once', async () => {
  const { invoice, chargeId } = await paidByCard(simulator);
  await forget(invoice);
  assert.match(about(await look(false), chargeId)[0]?.done ?? '', 'to be booked');
  assert.is(await Payment.query().where({ providerId: chargeId }).resultSize(), 0, 'looking changes nothing');
  assert.match(about(await look(true), chargeId)[0]?.done ?? '', 'booked');
  assert.equal(about(await look(true), chargeId), []);
  assert.is((await Invoice.query().findById(invoice.id))?.status, 'paid');
  await assertBooksHold(simulator);
});

restores('leaves a charge to a person whose invoice is gone, though its number was given again', async () => {
  const { invoice, chargeId } = await paidByCard(simulator);
  await forget(invoice);
  await Invoice.query()
    .findById(invoice.id)
    .patch({ issuedAt: new Date(Date.now() + 60_000) });
  assert.match(about(await look(true), chargeId)[0]?.done ?? '', 'LEFT: its invoice is gone');
  const { origin } = simulator;
  const intent = String(
    (await stripeClient({ secretKey: 'sk_test_1', apiUrl: origin }).charges.retrieve(chargeId)).payment_intent,
  );
  const amount = { amountMinor: invoice.totalMinor, currency: invoice.currency };
  await simulator.payments.refundCharge({ intentId: intent, amount, refundId: randomUUID() }, randomUUID());
  assert.equal(about(await look(false), chargeId), [], 'paid back, it is nobody’s');
  await assertBooksHold(simulator);
});

restores(
  'begins what was begun by its row and is unknown to the cluster; what waits for its start is not its affair',
  async () => {
    const [lost, waiting] = [await aPromise(), await aPromise()];
    await ProcessStart.markStarted(idOf(lost), new Date());
    assert.match(about(await look(false), idOf(lost))[0]?.what ?? '', 'the cluster knows no run of it');
    assert.equal(about(await look(false), idOf(waiting)), []);
    await look(true);
    assert.is((await cluster.client.workflow.getHandle(idOf(lost)).describe()).status.name, 'RUNNING');
    assert.equal(about(await look(false), idOf(lost)), []);
  },
);

restores('leaves a row to a person whose run has ended, until it is told to begin it again', async () => {
  const behind = await aPromise();
  await ProcessStart.markStarted(idOf(behind), new Date());
  await createProcesses(cluster.client).start(serviceCancellation, behind);
  await cluster.client.workflow.getHandle(idOf(behind)).terminate();
  assert.match(
    about(await look(true), idOf(behind))[0]?.done ?? '',
    `LEFT: decide by what its run came to, then --begin ${idOf(behind)}`,
  );
  await createRuns(cluster.client).beginAgain(serviceCancellation, behind);
  assert.equal(about(await look(false), idOf(behind)), []);
});

restores('ends a run that is about nothing', async () => {
  const gone = { cancellationId: randomUUID() };
  await createProcesses(cluster.client).start(serviceCancellation, gone);
  assert.match(about(await look(false), idOf(gone))[0]?.what ?? '', 'there is no such row');
  await look(true);
  assert.is((await cluster.client.workflow.getHandle(idOf(gone)).describe()).status.name, 'TERMINATED');
});

restores('has a collecting that slept through its payment read the invoice again, and end', async () => {
  const invoice = await anInvoice(await aCustomer());
  const input = { invoiceId: invoice.id };
  await Model.transaction((trx) => ProcessStart.accept(invoicePayment, input, new Date(), trx));
  await ProcessStart.markStarted(invoicePayment.workflowId(input), new Date());
  let status = 'open';
  const labels = { invoice: invoice.number, customer: '' };
  const workers = await workOnAllQueues(cluster, {
    beginCollection: async () => ({ status, failed: null, labels }),
    sendConfirmationLink: async () => ({ delivered: true }),
  });
  const processes = createProcesses(cluster.client);
  await processes.start(invoicePayment, input);
  await until(async () => (await processes.query(invoicePayment, input, collectionStatus)) === 'waiting', 60_000);
  assert.equal(about(await look(false), 'invoice-payment:'), []);
  await Model.transaction((trx) =>
    Payment.receive(
      {
        ...input,
        method: 'transfer',
        reference: 'r',
        amount: { amountMinor: invoice.totalMinor, currency: invoice.currency },
        at: new Date(),
      },
      trx,
    ),
  );
  status = 'paid';
  await until(
    async () => about(await look(true), 'invoice-payment:').some(({ what }) => what.includes('its row is closed')),
    60_000,
  );
  await cluster.client.workflow.getHandle(invoicePayment.workflowId(input)).result();
  await workers.stop();
});

restores.run();
