import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { networkList } from './machine-list.js';
import { createMachines } from './machines.js';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '3007' },
    data: { type: 'string' },
    machines: { type: 'string' },
    'netboot-url': { type: 'string' },
    switches: { type: 'string' },
    networks: { type: 'string' },
    speed: { type: 'string', default: '1' },
  },
});
const { data, machines: list, 'netboot-url': netbootUrl, networks } = values;
if (!data || !list || !netbootUrl) {
  console.error(
    'usage: dev/machines/main.ts --data DIR --machines FILE --netboot-url URL [--port N] [--switches URL] [--networks FILE] [--speed N]',
  );
  process.exit(2);
}

const running = await createMachines({
  machines: JSON.parse(readFileSync(list, 'utf8')),
  data,
  netbootUrl,
  port: Number(values.port),
  switchesUrl: values.switches,
  networks: networks ? networkList.parse(JSON.parse(readFileSync(networks, 'utf8'))) : [],
  speed: Number(values.speed),
});
console.log(`machines listen: ${running.url} (Redfish and HTTP proxy)`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => void running.close().then(() => process.exit(0)));
}
