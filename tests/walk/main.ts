import { parseArgs } from 'node:util';
import { cacheFolder } from '../../dev/launcher/cache.js';
import { temporalProgram } from '../../dev/launcher/temporal-program.js';
import { startCluster } from '../support/cluster.js';

const usage = `npm run random-walk -- [--orders 100] [--seed WORD]
Random orders, people, staff and faults on a throw-away shop, all drawn from one seed; then the books are checked against
themselves, their seals and the card provider. Exit 1 with the seed and the orders at fault where they do not hold.`;

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    help: { type: 'boolean', default: false },
  },
});
const orders = Number(values.orders);
if (values.help || !Number.isInteger(orders) || orders < 1) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}

process.env.QM_BUNDLE_CACHE ||= await cacheFolder('bundles');
process.env.TEMPORAL_TEST_SERVER ||= await temporalProgram('test-server');
const cluster = await startCluster();
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => cluster.stop().then(() => process.exit(130)));
process.env.TEST_POSTGRES = cluster.url;
const { seed } = values;
const begun = Date.now();
console.log(`A walk of ${orders} orders with --seed ${seed}`);
try {
  const { walk } = await import('./walk.js'); // after the environment is set
  const { placed, states, broken } = await walk({ orders, seed, say: (line) => console.log(`${minutes()} ${line}`) });
  console.log(`${placed} orders in ${minutes()}: ${JSON.stringify(states)}`);
  for (const { invariant, rows, plans } of broken) {
    console.log(`${invariant.id} ${invariant.name} is broken with --seed ${seed}:`);
    for (const row of rows.slice(0, 10)) console.log(`  ${JSON.stringify(row)}`);
    for (const plan of plans.slice(0, 10)) console.log(`  order ${plan.order}: ${JSON.stringify(plan)}`);
  }
  if (broken.length === 0) console.log('The books hold.');
  process.exitCode = broken.length === 0 ? 0 : 1;
} finally {
  await cluster.stop();
}
process.exit();

function minutes(): string {
  return `${((Date.now() - begun) / 60_000).toFixed(1)} min`;
}
