import { randomUUID } from 'node:crypto';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { temporalProgram } from '../dev/launcher/temporal-program.js';
import { developmentCluster, workOnAllQueues } from '../tests/support/temporal.js';
import { type Measurement, median, rounded } from './measurement.js';
import { fakedOutside } from './order-workflow/outside.js';

const RUNS = 10;
const ROUNDS = 3;

/** Orders from placing to handing over, payment and machine with them, against bare workflows with as many activities that do nothing. */
export async function measure(): Promise<Measurement> {
  process.env.TEMPORAL_CLI ??= await temporalProgram('server');
  const cluster = await developmentCluster();
  const workflowsPath = new URL('./order-workflow/whole.ts', import.meta.url).pathname;
  const bundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const outside = fakedOutside(cluster.client.workflow);
  const workers = await workOnAllQueues(cluster, { ...outside.activities, nothing: async () => {} }, bundle);
  const rate = async (type: string, input: () => unknown) => {
    const begun = performance.now();
    const runs = Array.from({ length: RUNS }, () => {
      const options = { taskQueue: 'orders', workflowId: `${type}:${randomUUID()}`, args: [input()] as never };
      return cluster.client.workflow.execute(type, options);
    });
    const results = await Promise.all(runs);
    await outside.paid();
    const other = results.find((result) => type === 'order' && (result as { status: string }).status !== 'active');
    if (other) throw new Error(`an order ended as ${JSON.stringify(other)}`);
    return RUNS / ((performance.now() - begun) / 1_000);
  };
  const orders = () => rate('order', () => ({ orderId: randomUUID() }));
  try {
    await orders(); // warms up, and says how many activities there are
    const activities = outside.asked() / RUNS;
    const bare = () => rate('bare', () => activities);
    await bare();
    const rounds: { orders: number; bare: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) rounds.push({ orders: await orders(), bare: await bare() });
    return {
      name: 'order-process',
      question: `${RUNS} orders at once, outside calls faked, against bare workflows of as many activities (${activities})`,
      ratio: median(rounds.map((each) => each.orders / each.bare)),
      target: 0.7,
      table: [
        ['round', 'orders a second', 'bare a second'],
        ...rounds.map((each, at) => [at + 1, rounded(each.orders, 2), rounded(each.bare, 2)]),
      ],
      figures: { activities },
    };
  } finally {
    await workers.stop();
    await cluster.teardown();
  }
}
