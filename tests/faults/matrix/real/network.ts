import { setTimeout as pause } from 'node:timers/promises';
import { isFree } from '../../../../dev/launcher/ports.js';
import { ProcessStep } from '../../../../models/durable/process-step.js';
import { Order } from '../../../../models/orders/order.js';
import { Detour } from '../../../support/detour.js';
import { LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, PATIENCE_MS, slowMachines } from './ground.js';

/** Ten minutes in earnest; the patience of activities and of connections is over after half a minute as well. */
const OUTAGE_MS = 40_000;
const BETWEEN_MS = 10_000;

type Way = 'Temporal' | 'PostgreSQL';
type Ways = Readonly<Record<Way, Detour>>;
interface Cuttable {
  readonly shop: LaunchedShop;
  readonly ways: Ways;
}

/** The worker's two connections lead through here. */
async function open(): Promise<Cuttable> {
  let ways: Ways | undefined;
  const shop = await LaunchedShop.open(async (_folder, ports) => {
    const at = await twoFreePorts(ports.collector + 1);
    ways = {
      Temporal: await Detour.open(at, ports.temporal),
      PostgreSQL: await Detour.open(at + 1, ports.postgres),
    };
    return ['--worker-through', String(at)];
  });
  if (!ways) throw new Error('no way leads through here');
  return { shop, ways };
}

async function twoFreePorts(from: number): Promise<number> {
  for (let at = from; ; at++) if ((await isFree(at)) && (await isFree(at + 1))) return at;
}

/** Cut while a server is built, and mended in this order, the second some time after the first. */
function cut(...order: readonly Way[]): Cell<Cuttable> {
  return {
    process: 'serverProvisioning',
    step: 'a server is built',
    fault: `the network is cut between the worker and ${order.join(', ')}${order.length > 1 ? ', back in this order' : ''}`,
    groups: ['F2'],
    features: ['WFL-06'],
    async run({ shop, ways }) {
      await slowMachines(shop);
      const {
        browser,
        order: ordered,
        invoice,
      } = await shop.orderUnpaid(`cut-${order.join('-').toLowerCase()}.example`);
      await shop.pay(browser, invoice);
      const before = await ProcessStep.query().where({ process: 'serverProvisioning' }).resultSize();
      await until(
        async () => (await ProcessStep.query().where({ process: 'serverProvisioning' }).resultSize()) > before,
        PATIENCE_MS,
      );
      for (const way of order) ways[way].cut();
      await pause(OUTAGE_MS);
      const { status } = await Order.query().findById(ordered.id).throwIfNotFound();
      if (status !== 'preparing') throw new Error(`nobody felt the cut: the order is ${status}`);
      for (const way of order) {
        ways[way].mend();
        await pause(BETWEEN_MS);
      }
      await shop.untilStatus(ordered, 'active', PATIENCE_MS);
      await insistOnOnePayment(invoice);
      return `${OUTAGE_MS / 1_000} s for ten minutes: went on by itself, delivered, charged once`;
    },
  };
}

export const network = block<Cuttable>({
  name: 'the network between the worker and its stores is cut',
  kind: 'real',
  cells: [cut('PostgreSQL', 'Temporal'), cut('Temporal', 'PostgreSQL')],
  open,
  check: ({ shop }) => ground.check(shop),
  async close({ shop, ways }) {
    for (const way of Object.values(ways)) way.mend();
    await shop.close();
    await Promise.all(Object.values(ways).map((way) => way.close()));
  },
});
