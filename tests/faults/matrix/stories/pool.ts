import { Model } from 'objection';
import { invoicePayment } from '../../../../workflows/messages/invoice-payment.js';
import type { Cell } from '../cell.js';
import type { House } from '../house/house.js';
import { aBill, assertPaidOnce, click } from './paying.js';

/** Longer than a quick activity may take. */
const TAKEN_FOR_MS = 12_000;

/** As many as a process holds, so that nobody else gets one. */
async function allConnections(): Promise<() => void> {
  const { client } = Model.knex();
  const { max } = client.pool as { readonly max: number };
  const taken = await Promise.all(Array.from({ length: max }, () => client.acquireConnection() as Promise<unknown>));
  return () => {
    for (const connection of taken) client.releaseConnection(connection);
  };
}

/** F5: whoever waits for a connection is tried again when there is one. */
export const poolCells: readonly Cell<House>[] = [
  {
    process: 'invoicePayment',
    step: 'every activity',
    fault: 'no connection to the database is free',
    groups: ['F5'],
    features: ['BIL-05', 'WFL-01'],
    async run(house) {
      const { invoice, card } = await aBill(house);
      const subject = { invoiceId: invoice.id };
      await house.start(invoicePayment, subject);
      const give = await allConnections();
      const timer = setTimeout(give, TAKEN_FOR_MS);
      try {
        await house.clock.during(() =>
          Promise.all([house.ended(invoicePayment, subject), house.clock.during(() => click(house, invoice.id, card))]),
        );
      } finally {
        clearTimeout(timer);
      }
      await assertPaidOnce(invoice.id);
      return 'paid once';
    },
  },
];
