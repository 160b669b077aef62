import { PaymentAttempt } from '../../../../models/billing/payment-attempt.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, kill, PATIENCE_MS, payUntilPaid, type Victim } from './ground.js';

const CHARGE = 'POST /v1/payment_intents/:id/confirm';

/** The bank takes its time; meanwhile somebody dies, and the customer tries again until the page says paid. */
function whileCharging(victim: Victim): Cell<LaunchedShop> {
  return {
    process: 'invoicePayment',
    step: 'confirmCharge',
    fault: `kill -9 of ${victim}`,
    groups: ['F1'],
    features: ['BIL-05', 'WFL-06'],
    async run(shop) {
      const { browser, order, invoice } = await shop.orderUnpaid(`charged-${victim.toLowerCase()}.example`);
      await shop.tell('payments', 'faults', { match: CHARGE, kind: 'slow', ms: 5_000 });
      const paying = shop.pay(browser, invoice).catch(() => {});
      const asked = PaymentAttempt.query().where({ invoiceId: invoice.id }).whereNotNull('intentId');
      await until(async () => (await asked.clone().resultSize()) > 0, PATIENCE_MS);
      await kill(shop, victim);
      await paying;
      await payUntilPaid(shop, browser, invoice);
      await insistOnOnePayment(invoice);
      await shop.untilStatus(order, 'active', PATIENCE_MS);
      return 'charged once, delivered';
    },
  };
}

const victims: readonly Victim[] = ['web', 'Temporal', 'PostgreSQL'];

export const payment = block({
  name: 'processes die while a card is charged',
  ...ground,
  cells: victims.map(whileCharging),
});
