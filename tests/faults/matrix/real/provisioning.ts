import { ProcessStep } from '../../../../models/durable/process-step.js';
import { Service } from '../../../../models/services/service.js';
import { holdingUp } from '../../../support/holding-up.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, kill, PATIENCE_MS, slowMachines, type Victim } from './ground.js';

type Step = 'reserve' | 'boot' | 'install';

/** What keeps a step from being over before it is hit; the machine's own installation is long enough. */
const holds: Readonly<Record<Step, string | undefined>> = {
  reserve: 'server_leases',
  boot: undefined,
  install: undefined,
};

function during(step: Step, victim: Victim): Cell<LaunchedShop> {
  return {
    process: 'serverProvisioning',
    step: `${step} is under way`,
    fault: `kill -9 of ${victim}`,
    groups: ['F1'],
    features: ['SVC-10', 'WFL-06'],
    async run(shop) {
      await slowMachines(shop);
      const { browser, order, invoice } = await shop.orderUnpaid(`${step}-${victim.toLowerCase()}.example`);
      const held = holds[step] && (await holdingUp(holds[step]));
      await shop.pay(browser, invoice);
      const service = await Service.query().joinRelated('orderLine').where({ orderId: order.id }).first();
      const begun = ProcessStep.query().where({ step, subjectId: service?.id ?? '' });
      await until(async () => (await begun.clone().resultSize()) > 0, PATIENCE_MS);
      await kill(shop, victim);
      if (held) await held.letGo();
      await shop.untilStatus(order, 'active', PATIENCE_MS);
      await insistOnOnePayment(invoice);
      return 'went on where it was, delivered';
    },
  };
}

const cells = [
  during('reserve', 'Temporal'),
  during('boot', 'PostgreSQL'),
  during('install', 'web'),
  during('install', 'PostgreSQL'),
];

export const provisioning = block({ name: 'processes die while a server is built', ...ground, cells });
