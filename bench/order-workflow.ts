import { randomUUID } from 'node:crypto';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { temporalProgram } from '../dev/launcher/temporal-program.js';
import { developmentCluster, workOnAllQueues } from '../tests/support/temporal.js';
import { type Measurement, median, rounded } from './measurement.js';

/** What a paid and delivered order asks for, its children apart: read, two steps, two states, a letter. */
const ACTIVITIES = 6;
const RUNS = 20;
const ROUNDS = 3;

/** Orders with faked outside calls against a bare workflow with as many activities that do nothing, taken in turns. */
export async function measure(): Promise<Measurement> {
  process.env.TEMPORAL_CLI ??= await temporalProgram('server');
  const cluster = await developmentCluster();
  const workflowsPath = new URL('./order-workflow/workflows.ts', import.meta.url).pathname;
  const bundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  let asked = 0;
  const count = async () => {
    asked++;
  };
  const facts = {
    invoiceId: '',
    serviceId: '',
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    labels: { order: 'NQ-1', invoice: 'NQ-2026-000001', customer: 'C-000001', service: 'web-1' },
  };
  const activities = {
    beginOrder: async (orderId: string) => {
      asked++;
      return { ...facts, invoiceId: orderId, serviceId: orderId };
    },
    ...{ sendOrderConfirmation: count, enterStep: count, leaveStep: count, recordOrderStatus: count, nothing: count },
  };
  const workers = await workOnAllQueues(cluster, activities, bundle);
  const rate = async (type: string, args: () => unknown[]) => {
    const begun = performance.now();
    const runs = Array.from({ length: RUNS }, () => {
      const options = { taskQueue: 'orders', workflowId: `${type}:${randomUUID()}`, args: args() as [] };
      return cluster.client.workflow.execute(type, options);
    });
    await Promise.all(runs);
    return RUNS / ((performance.now() - begun) / 1_000);
  };
  const orders = () => rate('order', () => [{ orderId: randomUUID() }]);
  const bare = () => rate('bare', () => [ACTIVITIES]);
  const withChildren = () => rate('bareWithChildren', () => [ACTIVITIES]);
  try {
    await orders(); // warms up, and says how many activities there are
    if (asked !== RUNS * ACTIVITIES)
      throw new Error(`an order asked for ${asked / RUNS} activities, not ${ACTIVITIES}`);
    await bare();
    const rounds = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ orders: await orders(), bare: await bare(), withChildren: await withChildren() });
    return {
      name: 'order-workflow',
      question: `${RUNS} orders at once, outside calls faked, against a bare workflow of ${ACTIVITIES} activities`,
      ratio: median(rounds.map((each) => each.orders / each.bare)),
      target: 0.7,
      table: [
        ['round', 'orders a second', 'bare a second', 'bare with two children'],
        ...rounds.map((each, at) => [
          at + 1,
          ...[each.orders, each.bare, each.withChildren].map((each) => rounded(each, 1)),
        ]),
      ],
      figures: { toBareWithChildren: rounded(median(rounds.map((each) => each.orders / each.withChildren))) },
    };
  } finally {
    await workers.stop();
    await cluster.teardown();
  }
}
