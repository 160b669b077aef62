import { PowerCommand } from '../../../../models/servers/power-command.js';
import { ServerLease } from '../../../../models/servers/server-lease.js';
import { Service } from '../../../../models/services/service.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { customerAt, ground, kill, PATIENCE_MS, submit, type Victim } from './ground.js';

/** A restart is pushed to the machine; who dies then may leave it open whether that came through, never restart twice. */
function whileRestarting(slug: string, victim: Victim): Cell<LaunchedShop> {
  return {
    process: 'powerCommand',
    step: 'the machine is being asked',
    fault: `kill -9 of ${victim}`,
    groups: ['F1', 'F15'],
    features: ['SVC-04', 'WFL-06'],
    async run(shop) {
      const service = await Service.query().findOne({ slug }).throwIfNotFound();
      const lease = ServerLease.query().findOne({ serviceId: service.id }).withGraphFetched('server');
      const { label } = (await lease.throwIfNotFound()).server;
      await shop.tell('machines', `machines/${label}/faults`, { step: 'bmc', kind: 'slow', delayMs: 700 });
      const before = await shop.timesOff(label);
      const path = `/servers/${slug}/power/cycle`;
      await submit(await customerAt(shop), path, /power-commands$/, { reason: `kill of ${victim}` });
      const command = () => PowerCommand.query().findOne({ serviceId: service.id }).orderBy('askedAt', 'desc');
      await until(async () => Boolean((await command())?.pushedAt), PATIENCE_MS);
      await kill(shop, victim);
      await until(async () => Boolean((await command())?.endedAt), PATIENCE_MS);
      const [offs, outcome] = [(await shop.timesOff(label)) - before, (await command())?.outcome];
      if (offs > 1 || (offs === 0 && outcome !== 'unconfirmed')) throw new Error(`${offs} times off, ${outcome}`);
      return 'restarted once, or said that it is not known';
    },
  };
}

const cells = [whileRestarting('web-3', 'Temporal'), whileRestarting('db-1', 'PostgreSQL')];

export const power = block({ name: 'processes die while a machine is restarted', ...ground, cells });
