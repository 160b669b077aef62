import { randomUUID } from 'node:crypto';
import { Model } from 'objection';
import * as assert from 'uvu/assert';
import { unknowableHash } from '../../../../gateways/passwords.js';
import { makeUser } from '../../../../models/accounts/welcome.js';
import { BookCheck } from '../../../../models/billing/book-check.js';
import { Dispute } from '../../../../models/billing/dispute.js';
import { sealHead } from '../../../../models/billing/ledger-seal.js';
import { Payment } from '../../../../models/billing/payment.js';
import { AutomationPulse } from '../../../../models/durable/automation-pulse.js';
import { ProcessStart } from '../../../../models/durable/process-start.js';
import { StaffTaskEvent } from '../../../../models/durable/staff-task-event.js';
import { Order } from '../../../../models/orders/order.js';
import { RootPassword } from '../../../../models/servers/root-password.js';
import { accountLetter } from '../../../../workflows/messages/account-letter.js';
import { dispute as disputeContract } from '../../../../workflows/messages/dispute.js';
import { order as orderContract } from '../../../../workflows/messages/order.js';
import { type Batch, reconcile } from '../../../../workflows/messages/reconcile.js';
import { aCustomer, aService } from '../../../support/builders.js';
import { anInvoice } from '../../../support/invoices.js';
import { aTask } from '../../../support/staff-tasks.js';
import type { House } from '../house/house.js';
import { aPaidBill } from './disputes.js';
import { anOrder } from './orders.js';
import { cellsOf, type Story } from './story.js';

interface Round {
  readonly workflowId: string;
  /** What must be so when a round, or the one after it, is over. */
  readonly isDone: () => Promise<boolean>;
}

/** One batch of the schedule's process. A round that fails is left to the next one. */
function round(batch: Batch, outcome: string, arrange: (house: House) => Promise<Round['isDone']>): Story<Round> {
  return {
    process: 'reconcile',
    way: batch,
    features: ['WFL-01', 'WFL-06'],
    groups: ['F1'],
    steps: [batch],
    workflowId: ({ workflowId }) => workflowId,
    arrange: async (house) => ({ workflowId: `reconcile:${randomUUID()}`, isDone: await arrange(house) }),
    async tell(house, { workflowId, isDone }) {
      for (const id of [workflowId, `${workflowId}:next`]) {
        const { type, taskQueue } = reconcile;
        await house.client.workflow.start(type, { taskQueue, workflowId: id, args: [{ batches: [batch] }] });
        const status = async () => (await house.client.workflow.getHandle(id).describe()).status.name;
        const over = await house.clock.until(`${id} ends`, async () => {
          const name = await status();
          return name !== 'RUNNING' && name;
        });
        if (over === 'COMPLETED') break;
      }
      await house.clock.until(outcome, isDone);
      return outcome;
    },
  };
}

const rounds = [
  round('startAccepted', 'what was accepted is started once, at the latest by the next round', async (house) => {
    const email = `accepted-${randomUUID()}@example.org`;
    const user = { name: 'Élodie Marchand', email, language: 'fr', timeZone: 'Europe/Paris' } as const;
    const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: await house.clock.now() } as const;
    const { letterId } = await makeUser(await aCustomer(), { user, unknowable: await unknowableHash() }, deed);
    return async () => {
      const start = await ProcessStart.query().findById(accountLetter.workflowId({ letterId }));
      const letters = house.mailbox.letters.filter(({ to }) => to === email).length;
      assert.ok(letters <= 1);
      return start?.startedAt != null && letters === 1;
    };
  }),
  round('tellCollectors', 'the order that waited for a paid invoice goes on', async (house) => {
    const { order, invoice } = await anOrder(house);
    await house.start(orderContract, { orderId: order.id });
    const receipt = { invoiceId: invoice.id, method: 'transfer', amount: invoice.total, reference: 'r' } as const;
    const at = await house.clock.now();
    await Payment.transaction((trx) => Payment.receive({ ...receipt, at }, trx));
    return async () => (await Order.query().findById(order.id))?.status !== 'awaiting_payment';
  }),
  round('useCreditWhenDue', 'what is due is paid from credit, once', async (house) => {
    const customer = await aCustomer();
    const first = await anInvoice(customer);
    const amount = { ...first.total, amountMinor: 3 * first.totalMinor };
    const receipt = { invoiceId: first.id, method: 'transfer', amount, reference: randomUUID() } as const;
    const at = await house.clock.now();
    await Payment.transaction((trx) => Payment.receive({ ...receipt, at }, trx));
    const due = await anInvoice(customer, { dueOn: '2026-01-31' });
    return async () => {
      const used = await Payment.query().where({ invoiceId: due.id, method: 'credit' }).resultSize();
      assert.ok(used <= 1);
      return used === 1 && (await due.$query()).status === 'paid';
    };
  }),
  round('forgetRootPasswords', 'what nobody looked at in time is forgotten', async (house) => {
    const { id: serviceId } = await aService(await aCustomer());
    const createdAt = await house.clock.now();
    const secret = { passwordSealed: Buffer.from('sealed'), cryptHash: '$6$…', linkHash: Buffer.from(serviceId) };
    await RootPassword.query().insert({ serviceId, ...secret, createdAt, expiresAt: createdAt });
    return async () => (await RootPassword.query().findById(serviceId))?.passwordSealed === null;
  }),
  round('notePulse', 'the beat is noted', async () => async () => (await AutomationPulse.query().resultSize()) === 1),
  round('escalateStaffTasks', 'a late task goes up once', async (house) => {
    const { id: taskId } = await aTask();
    const long = new Date((await house.clock.now()).getTime() - 86_400_000);
    await Model.knex()('staff_tasks').where({ id: taskId }).update({ dueAt: long });
    return async () => {
      const events = await StaffTaskEvent.query().where({ taskId, event: 'escalated' }).resultSize();
      assert.ok(events <= 1);
      return events === 1;
    };
  }),
  round('sealLedger', 'the ledger is sealed, and its seals hold', async () => {
    await anInvoice(await aCustomer());
    return async () => (await sealHead(Model.knex())) !== undefined;
  }),
  round('followReversals', 'a dispute of which no word came is kept once, with its process', async (house) => {
    const { payment } = await aPaidBill(house);
    const { id } = house.simulator.control.dispute(payment.providerId ?? '');
    return async () => {
      const kept = await Dispute.query().where({ providerId: id });
      assert.ok(kept.length <= 1);
      const [dispute] = kept;
      return (
        !!dispute && !!(await ProcessStart.query().findById(disputeContract.workflowId({ disputeId: dispute.id })))
      );
    };
  }),
  round('checkBooks', 'the books are checked, and the check is over', async () => async () => {
    return (await BookCheck.query().whereNotNull('endedAt').resultSize()) > 0;
  }),
];

export const roundCells = rounds.flatMap(cellsOf);
