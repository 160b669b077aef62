import { Refund } from '../../../../models/billing/refund.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, kill, PATIENCE_MS, slowMachines, submit, type Victim } from './ground.js';

/** A paid order is taken back before its installer has begun; the bank takes its time over the refund. */
function whilePayingBack(victim: Victim): Cell<LaunchedShop> {
  return {
    process: 'order',
    step: 'refundPayments',
    fault: `kill -9 of ${victim}`,
    groups: ['F1', 'F17'],
    features: ['CAT-03', 'BIL-05', 'WFL-06'],
    async run(shop) {
      await slowMachines(shop);
      const { browser, order, invoice } = await shop.orderUnpaid(`regretted-${victim.toLowerCase()}.example`);
      await shop.tell('payments', 'faults', { match: 'POST /v1/refunds', kind: 'slow', ms: 5_000 });
      await shop.pay(browser, invoice);
      await shop.untilStatus(order, 'preparing', PATIENCE_MS);
      const path = `/orders/${order.number}`;
      const cancelling = submit(browser, `${path}/cancellation`, new RegExp(`${path}$`)).catch(() => {});
      const refunds = Refund.query().joinRelated('payment').where('payment.invoiceId', invoice.id);
      await until(async () => (await refunds.clone().resultSize()) > 0, PATIENCE_MS);
      await kill(shop, victim);
      await cancelling;
      await shop.untilStatus(order, 'cancelled', PATIENCE_MS);
      await insistOnOnePayment(invoice);
      await until(async () => (await refunds.clone().first())?.status === 'succeeded', PATIENCE_MS);
      if ((await refunds.clone().resultSize()) !== 1) throw new Error('it was not paid back once');
      return 'charged once, paid back once, cancelled';
    },
  };
}

const victims: readonly Victim[] = ['worker', 'PostgreSQL'];

export const cancellation = block({
  name: 'processes die while an order is paid back',
  ...ground,
  cells: victims.map(whilePayingBack),
});
