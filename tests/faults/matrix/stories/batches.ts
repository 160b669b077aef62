import { randomUUID } from 'node:crypto';
import * as assert from 'uvu/assert';
import { CollectionBatch } from '../../../../models/billing/collection-batch.js';
import { CollectionBatchItem } from '../../../../models/billing/collection-batch-item.js';
import { collectionBatch } from '../../../../workflows/messages/collection-batch.js';
import { invoicePayment } from '../../../../workflows/messages/invoice-payment.js';
import { aStaffMember } from '../../../support/builders.js';
import { aBill, assertPaidOnce } from './paying.js';
import { cellsOf, conflictCellOf, type Story } from './story.js';

interface Sent {
  readonly batchId: string;
  readonly invoiceIds: readonly string[];
}

const triedTogether: Story<Sent> = {
  process: 'collectionBatch',
  way: 'staff have two cards tried together',
  features: ['BIL-06', 'WFL-01'],
  groups: ['F1', 'F9'],
  steps: ['workOnBatch'],
  workflowId: (subject) => collectionBatch.workflowId(subject),
  async arrange(house) {
    const bills = [await aBill(house), await aBill(house)];
    const invoiceIds = bills.map(({ invoice }) => invoice.id);
    for (const invoiceId of invoiceIds) await house.start(invoicePayment, { invoiceId });
    const batchId = randomUUID();
    const by = { staff: await aStaffMember({ role: 'billing' }), address: '192.0.2.7', at: await house.clock.now() };
    await CollectionBatch.accept(
      { id: batchId, act: 'retry', reason: null, invoices: invoiceIds.map((id) => ({ id })) },
      by,
    );
    return { batchId, invoiceIds };
  },
  async tell(house, { batchId, invoiceIds }) {
    await house.start(collectionBatch, { batchId });
    await house.ended(collectionBatch, { batchId });
    for (const invoiceId of invoiceIds) {
      await house.ended(invoicePayment, { invoiceId });
      await assertPaidOnce(invoiceId);
    }
    const states = (await CollectionBatchItem.query().where({ batchId })).map(({ state }) => state);
    assert.ok(
      states.every((state) => state === 'done' || state === 'begun'),
      states.join(),
    );
    return 'each card tried once, each invoice paid once';
  },
};

export const batchCells = [...cellsOf(triedTogether), conflictCellOf(triedTogether)];
