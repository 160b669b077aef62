import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startMetal } from '../metal/metal.js';
import { createCable } from './cable.js';
import { machineList, networkList } from './machine-list.js';
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
    metal: { type: 'string' },
    'metal-netboot-url': { type: 'string' },
    'bmc-port': { type: 'string' },
    'console-port': { type: 'string' },
    images: { type: 'string' },
    cache: { type: 'string' },
  },
});
const { data, machines: list, 'netboot-url': netbootUrl, networks } = values;
if (!data || !list || !netbootUrl) {
  console.error(
    'usage: dev/machines/main.ts --data DIR --machines FILE --netboot-url URL [--port N] [--switches URL] [--networks FILE] [--speed N] [--metal FILE --metal-netboot-url URL --bmc-port N --console-port N --images DIR --cache DIR]',
  );
  process.exit(2);
}

const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const metal = values.metal ? await metalFrom(values.metal, data) : undefined;
const running = await createMachines({
  machines: machineList.parse(read(list)),
  data,
  netbootUrl,
  port: Number(values.port),
  switchesUrl: values.switches,
  networks: networks ? networkList.parse(read(networks)) : [],
  speed: Number(values.speed),
  metal,
});
console.log(`machines listen: ${running.url} (Redfish and HTTP proxy)`);

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());

async function stop(): Promise<void> {
  await metal?.close();
  await running.close();
  process.exit(0);
}

function metalFrom(path: string, folder: string) {
  const { 'metal-netboot-url': url = '', images = '', cache = '', switches } = values;
  const [papers] = machineList.parse(read(path));
  if (!papers) throw new Error(`${path} names no machine`);
  return startMetal({
    papers,
    folder: join(folder, 'metal'),
    bmcPort: Number(values['bmc-port']),
    consolePort: Number(values['console-port']),
    netbootUrl: url,
    images,
    cache,
    cable: createCable(switches),
  });
}
