import type { Knex } from 'knex';
import { Model } from 'objection';
import { AccountCredit } from '../../../../models/billing/account-credit.js';
import { Server } from '../../../../models/servers/server.js';
import { ServerLease } from '../../../../models/servers/server-lease.js';
import { countHoldings } from '../../../../models/services/holdings.js';
import { Service } from '../../../../models/services/service.js';
import { linkHash, ServiceCancellation } from '../../../../models/services/service-cancellation.js';
import { Subscription } from '../../../../models/services/subscription.js';
import { unusedTime } from '../../../../rules/billing/proration.js';
import { type LaunchedShop, until } from '../../../support/launched-shop.js';
import { block } from '../block.js';
import type { Cell } from '../cell.js';
import { customerAt, ground, kill, PATIENCE_MS, submit, type Victim } from './ground.js';

/** What is under way when somebody is killed: what makes it take its time, and how it is seen. */
interface Moment {
  readonly step: string;
  slow(shop: LaunchedShop, server: Server): Promise<void>;
  hasBegun(shop: LaunchedShop, server: Server): Promise<boolean>;
  /** Once somebody was killed. */
  letGo?(): Promise<void>;
}

const isReleasing = async (_: LaunchedShop, { id }: Server) =>
  (await Server.query().findById(id))?.status === 'releasing';

const shutting: Moment = {
  step: 'the port is being shut',
  async slow(shop) {
    await shop.tell('switches', 'switches/sw-c07-a/faults', { step: 'request', kind: 'slow', delayMs: 900, times: 8 });
  },
  hasBegun: isReleasing,
};

const switching: Moment = {
  step: 'the machine is being switched off',
  async slow(shop, { label }) {
    const fault = { step: 'bmc', kind: 'slow', delayMs: 2_500, times: 6 };
    await shop.tell('machines', `machines/${label}/faults`, fault);
  },
  async hasBegun(shop, server) {
    const { ifIndex } = (await server.$relatedQuery('switchPort')) as { ifIndex: number };
    const url = `http://127.0.0.1:${shop.ports.switches}/_sim/switches/sw-c07-a/ports/${ifIndex}`;
    return !((await (await fetch(url)).json()) as { up: boolean }).up;
  },
};

/** The credit is written, its booking is not: whoever books waits for us. */
function crediting(): Moment {
  let holding: Knex.Transaction | undefined;
  return {
    step: 'unused days are being credited',
    async slow() {
      await Subscription.query().patch({ creditsUnusedTime: true });
      holding = await Model.knex().transaction();
      await holding.raw('LOCK TABLE ledger_transactions IN SHARE MODE');
    },
    async hasBegun() {
      const waiting = `SELECT FROM pg_locks WHERE NOT granted AND relation = 'ledger_transactions'::regclass`;
      return (await Model.knex().raw<{ rows: object[] }>(waiting)).rows.length > 0;
    },
    async letGo() {
      await holding?.rollback();
    },
  };
}

/** A service of the demo shop that nobody has cancelled yet, with its machine and the one who may. */
async function aService(shop: LaunchedShop) {
  for (const person of [0, 1]) {
    const browser = await customerAt(shop, person);
    const page = await browser.get('/servers');
    for (const service of await Service.query().where({ status: 'active' }).orderBy('slug')) {
      const asked = await ServiceCancellation.query().where({ serviceId: service.id }).resultSize();
      if (asked > 0 || !page.html.includes(`/servers/${service.slug}"`)) continue;
      const lease = await ServerLease.query().findOne({ serviceId: service.id }).withGraphFetched('server');
      if (lease) return { browser, service, server: lease.server };
    }
  }
  throw new Error('no service is left to be cancelled');
}

/** The link in the letter about it, as the mail catcher has it. */
async function linkFor({ id }: ServiceCancellation, shop: LaunchedShop): Promise<string> {
  let path: string | undefined;
  const sent = async () => {
    const hash = (await ServiceCancellation.query().findById(id))?.linkHash;
    const letters = (await (await fetch(`http://127.0.0.1:${shop.ports.mail}/email`)).json()) as { text: string }[];
    const links = letters.flatMap(({ text }) => [...text.matchAll(/\/cancellations\/(\S+)\/confirmation/g)]);
    path = links.find(([, token = '']) => hash?.equals(linkHash(token)))?.[0];
    return path !== undefined;
  };
  await until(sent, PATIENCE_MS);
  return path ?? '';
}

function whileEnding({ step, slow, hasBegun, letGo }: Moment, victim: Victim): Cell<LaunchedShop> {
  return {
    process: 'serviceCancellation',
    step,
    fault: `kill -9 of ${victim}`,
    groups: ['F1', 'F17'],
    features: ['CAT-06', 'WFL-04', 'WFL-06'],
    async run(shop) {
      const { browser, service, server } = await aService(shop);
      const offs = await shop.timesOff(server.label);
      const path = `/services/${service.slug}/cancellation`;
      await submit(browser, path, new RegExp(`${path}$`), { wish: 'now', reason: '' });
      const standing = ServiceCancellation.query().findOne({ serviceId: service.id });
      const link = await linkFor(await standing.clone().throwIfNotFound(), shop);
      await slow(shop, server);
      await submit(browser, link, /confirmation$/).catch(() => {}); // the page may lose its answer
      await until(() => hasBegun(shop, server), PATIENCE_MS);
      await kill(shop, victim);
      await letGo?.();
      await until(async () => (await standing.clone())?.status === 'ended', PATIENCE_MS);
      await insistOnItsEnd(shop, service, server, offs);
      return 'ended: port shut, machine off once and in quarantine, nothing held, unused days credited once where they are owed';
    },
  };
}

async function insistOnItsEnd(shop: LaunchedShop, { id }: Service, server: Server, offs: number): Promise<void> {
  const { status } = await Server.query().findById(server.id).throwIfNotFound();
  const [held, times] = [await countHoldings(id, new Date()), (await shop.timesOff(server.label)) - offs];
  if (status !== 'quarantined' || held !== 0 || times !== 1)
    throw new Error(`${server.label} is ${status}, ${held} things are held, it went off ${times} times`);
  const { id: serviceCancellationId, endsOn } = await ServiceCancellation.query()
    .findOne({ serviceId: id })
    .throwIfNotFound();
  const { creditsUnusedTime, paidTime } = await Subscription.query().findOne({ serviceId: id }).throwIfNotFound();
  const isOwed = creditsUnusedTime && endsOn !== null && unusedTime(paidTime, endsOn).amountMinor > 0;
  const credits = await AccountCredit.query().where({ serviceCancellationId }).resultSize();
  if (credits !== (isOwed ? 1 : 0))
    throw new Error(`credited ${credits} times, and ${isOwed ? 'once' : 'nothing'} is owed`);
}

export const ending = block({
  name: 'processes die while a service ends',
  ...ground,
  cells: [whileEnding(shutting, 'worker'), whileEnding(switching, 'everything'), whileEnding(crediting(), 'worker')],
});
