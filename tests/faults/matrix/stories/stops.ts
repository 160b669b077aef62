import * as assert from 'uvu/assert';
import { unknowableHash } from '../../../../gateways/passwords.js';
import { makeUser } from '../../../../models/accounts/welcome.js';
import { Payment } from '../../../../models/billing/payment.js';
import { EmergencyStop } from '../../../../models/durable/emergency-stop.js';
import { HeldStep } from '../../../../models/durable/held-step.js';
import type { StopKind } from '../../../../rules/durable/stops.js';
import { accountLetter } from '../../../../workflows/messages/account-letter.js';
import { invoicePayment, invoiceVoided } from '../../../../workflows/messages/invoice-payment.js';
import { stopRelease } from '../../../../workflows/messages/stop-release.js';
import { aCustomer, aStaffMember } from '../../../support/builders.js';
import type { House } from '../house/house.js';
import { aBill, type Billed, click } from './paying.js';
import { cellsOf, type Story } from './story.js';

interface Lifted {
  readonly stopId: string;
  readonly letterId: string;
  readonly email: string;
}

let made = 0;

const letGo: Story<Lifted> = {
  process: 'stopRelease',
  way: 'a letter that waited at a stop',
  features: ['WFL-01', 'WFL-06'],
  groups: ['F1', 'F17'],
  steps: ['tellLifted'],
  workflowId: ({ stopId }) => stopRelease.workflowId({ stopId }),
  async arrange(house) {
    const act = await stopped(house, 'mails');
    const email = `held-${++made}@example.org`;
    const user = { name: 'Élodie', email, language: 'fr', timeZone: 'Europe/Paris' } as const;
    const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: act.at } as const;
    const { letterId } = await makeUser(await aCustomer(), { user, unknowable: await unknowableHash() }, deed);
    await house.start(accountLetter, { letterId });
    await held(house, accountLetter.workflowId({ letterId }));
    const stop = await EmergencyStop.query().modify('standing').first().throwIfNotFound();
    await stop.lift(act);
    return { stopId: stop.id, letterId, email };
  },
  async tell(house, { stopId, letterId, email }) {
    await house.start(stopRelease, { stopId });
    await house.ended(stopRelease, { stopId });
    assert.equal((await house.ended(accountLetter, { letterId })).result, { delivered: true });
    assert.is(house.mailbox.letters.filter(({ to }) => to === email).length, 1);
    assert.is(await HeldStep.query().resultSize(), 0);
    return 'what waited goes on, once';
  },
};

const leftAtTheStop: Story<Billed> = {
  process: 'invoicePayment',
  way: 'a charge that waits at a stop is no longer wanted',
  features: ['BIL-05', 'WFL-01'],
  groups: ['F1', 'F17'],
  steps: ['leaveHold'],
  workflowId: ({ invoice }) => invoicePayment.workflowId({ invoiceId: invoice.id }),
  async arrange(house) {
    await EmergencyStop.query().delete();
    await stopped(house, 'charges');
    return aBill(house);
  },
  async tell(house, { invoice, card }) {
    const subject = { invoiceId: invoice.id };
    await house.start(invoicePayment, subject);
    await click(house, invoice.id, card);
    await held(house, invoicePayment.workflowId(subject));
    await house.processes.signal(invoicePayment, subject, invoiceVoided);
    assert.equal((await house.ended(invoicePayment, subject)).result, { status: 'void' });
    assert.is(await HeldStep.query().resultSize(), 0);
    assert.is(await Payment.query().where(subject).resultSize(), 0);
    return 'nothing waits there any more, nothing was charged';
  },
};

export const stopCells = [...cellsOf(letGo), ...cellsOf(leftAtTheStop)];

export async function stopped(house: House, kind: StopKind) {
  const act = { staff: await aStaffMember(), address: '192.0.2.9', at: await house.clock.now() };
  await EmergencyStop.set(kind, 'wrong amounts', act);
  return act;
}

export function held(house: House, workflowId: string): Promise<HeldStep> {
  return house.clock.until('it waits at the stop', () => HeldStep.query().findOne({ workflowId }));
}
