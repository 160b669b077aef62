import * as assert from 'uvu/assert';
import { unknowableHash } from '../../../../gateways/passwords.js';
import { makeUser } from '../../../../models/accounts/welcome.js';
import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import { EmergencyStop } from '../../../../models/durable/emergency-stop.js';
import { HeldStep } from '../../../../models/durable/held-step.js';
import { accountLetter } from '../../../../workflows/messages/account-letter.js';
import { invoicePayment } from '../../../../workflows/messages/invoice-payment.js';
import { stopRelease } from '../../../../workflows/messages/stop-release.js';
import { aCustomer } from '../../../support/builders.js';
import { type Cell, stepFaults } from '../cell.js';
import type { House } from '../house/house.js';
import { aBill, assertPaidOnce, click } from './paying.js';
import { held, stopped } from './stops.js';

const about = { features: ['WFL-01', 'WFL-06'], groups: ['F1', 'F17'] } as const;
/** Of the few statements with which an act looks at a stop, and is written down there. */
const LOOKING = [{ moments: 8, touches: 'rows' }] as const;

let made = 0;

/** What it meets, it meets while it asks the stop: written down once, it waits, and goes on once when that is lifted. */
const atTheStop = stepFaults.map(
  (fault): Cell<House> => ({
    ...{ process: 'accountLetter', step: 'sendAccountLetter, where a stop holds it', fault, ...about },
    async run(house, draw) {
      await EmergencyStop.query().delete();
      const act = await stopped(house, 'mails');
      const email = `stopped-${++made}@example.org`;
      const user = { name: 'Élodie', email, language: 'fr', timeZone: 'Europe/Paris' } as const;
      const deed = { actorKind: 'staff', actorName: 'Oksana', happenedAt: act.at } as const;
      const { letterId } = await makeUser(await aCustomer(), { user, unknowable: await unknowableHash() }, deed);
      const workflowId = accountLetter.workflowId({ letterId });
      const misfortune = house.befall(workflowId, 'sendAccountLetter', fault, LOOKING, draw);
      await house.clock.during(async () => {
        await house.start(accountLetter, { letterId });
        await house.clock.until('it met its fault', async () => misfortune.happened);
        await held(house, workflowId);
        await house.clock.until('no attempt is out', async () => !(await house.isActing(accountLetter, { letterId })));
        assert.is(await HeldStep.query().where({ workflowId }).resultSize(), 1);
        assert.is(sentTo(house, email), 0);
        await lifted(house);
        assert.equal((await house.ended(accountLetter, { letterId })).result, { delivered: true });
      });
      await misfortune.over();
      assert.is(sentTo(house, email), 1);
      assert.is(await HeldStep.query().resultSize(), 0);
      return 'held once, and sent once when it was lifted';
    },
  }),
);

/** Somebody stops all charges while one is with the bank, and its worker dies: it is finished, not held, not begun again. */
const stoppedMeanwhile: Cell<House> = {
  ...{
    process: 'invoicePayment',
    step: 'confirmCharge, and a stop is put on meanwhile',
    fault: 'dies with its worker',
  },
  ...{ features: ['BIL-05', 'WFL-01'], groups: ['F1', 'F17'] },
  async run(house, draw) {
    await EmergencyStop.query().delete();
    const { invoice, card } = await aBill(house);
    const subject = { invoiceId: invoice.id };
    const workflowId = invoicePayment.workflowId(subject);
    const usual = [{ moments: 6, touches: 'outside' }] as const;
    const misfortune = house.befall(workflowId, 'confirmCharge', 'dies with its worker', usual, draw);
    await house.clock.during(async () => {
      await house.start(invoicePayment, subject);
      const clicked = click(house, invoice.id, card);
      await house.clock.until('the bank is asked', async () => misfortune.happened);
      await stopped(house, 'charges');
      assert.equal((await house.ended(invoicePayment, subject)).result, { status: 'paid' });
      await clicked;
    });
    await assertPaidOnce(invoice.id);
    assert.is(await PaymentAttempt.query().where(subject).resultSize(), 1);
    assert.is(await HeldStep.query().resultSize(), 0);
    await EmergencyStop.query().delete(); // or it would hold what the next cells charge
    return 'what the bank was asked for already is finished, once';
  },
};

export const heldCells: readonly Cell<House>[] = [...atTheStop, stoppedMeanwhile];

function sentTo(house: House, email: string): number {
  return house.mailbox.letters.filter(({ to }) => to === email).length;
}

async function lifted(house: House): Promise<void> {
  const stop = await EmergencyStop.query().modify('standing').first().throwIfNotFound();
  const { staff, address } = await stopped(house, 'mails');
  await stop.lift({ staff, address, at: await house.clock.now() });
  await house.start(stopRelease, { stopId: stop.id });
  await house.ended(stopRelease, { stopId: stop.id });
}
