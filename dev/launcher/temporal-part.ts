import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common/lib/time.js';
import { searchAttributes } from '../../workflows/messages/search-attributes.js';
import type { Part } from './part.js';
import type { ShopPlan } from './plan.js';
import { program } from './program.js';
import { temporalProgram } from './temporal-program.js';

const RETENTION = msToTs('90 days');

/** Temporal's development server with its page, on a file in the data folder. */
export function temporalPart({ data, ports, environment }: ShopPlan): Part {
  const codec = `${environment.PUBLIC_URL}/codec/${environment.TEMPORAL_CODEC_SECRET}`;
  const address = `127.0.0.1:${ports.temporal}`;
  const args = [
    ...['server', 'start-dev', '--ip', '127.0.0.1', '--log-level', 'warn', '--ui-disable-news-fetch'],
    ...['--port', String(ports.temporal), '--ui-port', String(ports.temporalUi), '--ui-codec-endpoint', codec],
    ...['--db-filename', join(data, 'temporal', 'temporal.db')],
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
    ...searchAttributes.flatMap(({ name }) => ['--search-attribute', `${name}=Keyword`]),
  ];
  const described = {
    name: 'workflows',
    url: `http://127.0.0.1:${ports.temporalUi}`,
    ports: [{ port: ports.temporal }, { port: ports.temporalUi }],
    after: [],
  };
  return {
    ...described,
    kind: 'embedded',
    async start(stage) {
      const command = [await temporalProgram('server'), ...args];
      const ready = () => keepsClosedRuns(address);
      return program({ ...described, command, ready, stopsWithinMs: 20_000 }).start(stage);
    },
  };
}

/** Once it answers it is told to remember closed runs for 90 days; by itself it forgets them after one. */
async function keepsClosedRuns(address: string): Promise<boolean> {
  const connection = await Connection.connect({ address, connectTimeout: '2 seconds' });
  try {
    await connection.workflowService.updateNamespace({
      namespace: 'default',
      config: { workflowExecutionRetentionTtl: RETENTION },
    });
    return true;
  } finally {
    await connection.close();
  }
}
