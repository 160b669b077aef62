import { ProcessStep } from '../../../../models/durable/process-step.js';
import { Service } from '../../../../models/services/service.js';
import { holdingUp } from '../../../support/holding-up.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { ground, insistOnOnePayment, kill, PATIENCE_MS, slowMachines, type Victim } from './ground.js';

type Step = 'reserve' | 'network' | 'boot' | 'install' | 'verify' | 'welcome';

/** What keeps a step from being over before it is hit; the machine's own installation is long enough. */
const holds: Readonly<Record<Step, string | undefined>> = {
  reserve: 'server_leases',
  network: 'port_assignments',
  boot: undefined,
  install: undefined,
  verify: undefined,
  welcome: 'letters',
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
      const table = holds[step];
      const held = table ? await holdingUp(table) : undefined;
      await shop.pay(browser, invoice);
      const service = await Service.query().joinRelated('orderLine').where({ orderId: order.id }).first();
      const begun = ProcessStep.query().where({ step, subjectId: service?.id ?? '' });
      await until(async () => (await begun.clone().resultSize()) > 0, PATIENCE_MS);
      if (victim === 'everything') await held?.letGo(); // its connection would keep the shop's pool from closing
      await kill(shop, victim);
      await held?.letGo();
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
  during('network', 'everything'),
  during('verify', 'everything'),
  during('welcome', 'everything'),
];

export const provisioning = block({ name: 'processes die while a server is built', ...ground, cells });
