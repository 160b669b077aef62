import * as assert from 'uvu/assert';
import { ProcessesUnavailable, ProcessRefused } from '../../../../gateways/processes.js';
import { AuditEntry } from '../../../../models/accounts/audit-entry.js';
import { Invoice } from '../../../../models/billing/invoice.js';
import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import { askForCard, changeSchedule, writeOff } from '../../../../workflows/messages/desk.js';
import { invoicePayment } from '../../../../workflows/messages/invoice-payment.js';
import { aStaffMember } from '../../../support/builders.js';
import type { House } from '../house/house.js';
import { aBill, type Billed, click } from './paying.js';
import { cellsOf, conflictCellOf, type Story } from './story.js';

interface AtTheDesk extends Billed {
  readonly by: { readonly staffId: string; readonly address: string };
}

const SAVED_AND_DECLINED = '4000000000000341';
const HOLD_DAYS = 2;

const writtenOff: Story<AtTheDesk> = {
  process: 'invoicePayment',
  way: 'held off, another card asked for, written off in the end, by staff',
  features: ['BIL-06', 'WFL-01'],
  groups: ['F1', 'F9'],
  steps: ['planRetry', 'requestCard', 'sendCardRequest', 'writeOffInvoice'],
  workflowId: ({ invoice }) => invoicePayment.workflowId({ invoiceId: invoice.id }),
  async arrange(house) {
    const staff = await aStaffMember({ role: 'billing' });
    return { ...(await aBill(house, SAVED_AND_DECLINED)), by: { staffId: staff.id, address: '192.0.2.9' } };
  },
  async tell(house, desk) {
    const { invoice, customer } = desk;
    const subject = { invoiceId: invoice.id };
    await house.start(invoicePayment, subject);
    const [{ result }] = await Promise.all([
      house.ended(invoicePayment, subject),
      house.clock.during(() => decide(house, desk)),
    ]);
    assert.equal(result, { status: 'uncollectible' });
    assert.is((await Invoice.query().findById(invoice.id))?.status, 'uncollectible');
    assert.is(await PaymentAttempt.query().where(subject).resultSize(), 1);
    assert.is(lettersAsking(house, customer.email), 1);
    for (const action of ['invoice.schedule_changed', 'invoice.card_asked', 'invoice.written_off'])
      assert.is(await AuditEntry.query().where({ action, subjectId: invoice.number }).resultSize(), 1, action);
    return 'held off, asked by one letter, and written off, each once in the audit trail';
  },
};

export const deskCells = [...cellsOf(writtenOff), conflictCellOf(writtenOff)];

async function decide(house: House, { invoice, card, customer, by }: AtTheDesk): Promise<void> {
  const subject = { invoiceId: invoice.id };
  await click(house, invoice.id, card);
  await house.clock.until('the bank declined', () =>
    PaymentAttempt.query().findOne({ ...subject, status: 'declined' }),
  );
  const until = new Date((await house.clock.now()).getTime() + HOLD_DAYS * 86_400_000).toISOString();
  const ask = house.processes;
  await taken(house, () =>
    ask.update(invoicePayment, subject, changeSchedule, { change: { kind: 'hold', until }, by }),
  );
  await written(house, 'invoice.schedule_changed', invoice.number);
  await taken(house, () => ask.update(invoicePayment, subject, askForCard, { by }));
  await house.clock.until('the letter has left', async () => lettersAsking(house, customer.email) > 0);
  await house.clock.until('the letter is noted', async () => !(await house.isActing(invoicePayment, subject)));
  await taken(house, () => ask.update(invoicePayment, subject, writeOff, { reason: 'the company is gone', by }));
}

/** Staff see on the page that it is not done yet, and ask again. */
async function taken(house: House, ask: () => Promise<unknown>): Promise<void> {
  await house.clock.until('staff are obeyed', async () => {
    try {
      await ask();
      return true;
    } catch (error) {
      if (error instanceof ProcessesUnavailable) return true; // taken, and at it still
      if (error instanceof ProcessRefused && error.refusal === 'AttemptUnderWay') return false;
      throw error;
    }
  });
}

function written(house: House, action: string, subjectId: string): Promise<unknown> {
  return house.clock.until(action, () => AuditEntry.query().findOne({ action, subjectId }));
}

function lettersAsking({ mailbox }: House, email: string): number {
  return mailbox.letters.filter(({ to, id }) => to === email && id.startsWith('card-request-')).length;
}
