import { parseArgs } from 'node:util';
import { createPaymentSimulator } from './simulator.js';

const { env } = process;
const { values } = parseArgs({
  options: {
    data: { type: 'string', default: env.PAYMENTS_DATA },
    port: { type: 'string', default: env.PORT ?? '3001' },
    /** Seconds that banks take over refunds and disputes. */
    'bank-delay': { type: 'string', default: env.PAYMENTS_BANK_DELAY ?? '3' },
    'webhook-url': { type: 'string', default: env.STRIPE_WEBHOOK_URL },
    'webhook-secret': { type: 'string', default: env.STRIPE_WEBHOOK_SECRET },
  },
});
const { data: dataDir, 'webhook-url': url, 'webhook-secret': secret } = values;
const webhook = url !== undefined && secret !== undefined ? { url, secret } : undefined;

const simulator = createPaymentSimulator({ dataDir, webhook, bankDelayMs: Number(values['bank-delay']) * 1000 });
const server = simulator.app.listen(Number(values.port), '127.0.0.1', (error?: Error) => {
  if (error) {
    console.error(`card payments cannot listen: ${error.message}`);
    process.exit(1);
  }
  console.log(`card payments (simulated) on http://127.0.0.1:${values.port}, webhooks to ${webhook?.url ?? 'nobody'}`);
});

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  server.close();
  server.closeAllConnections();
  await simulator.stop();
  process.exit(0);
}
