import { randomInt, randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import { Model } from 'objection';
import { Device } from '../collectors/snmp/device.js';
import { IntervalBuffer } from '../collectors/snmp/interval-buffer.js';
import { Keeper } from '../collectors/snmp/keeper.js';
import { createPostgresMetrics } from '../gateways/metrics/postgres.js';
import { createSwitchReaders } from '../gateways/switch/readers.js';
import { connect } from '../models/connection.js';
import { INTERVAL_SECONDS, startOf } from '../rules/network/traffic.js';
import { freePort, startCluster, TEMPLATE } from '../tests/support/cluster.js';
import { type Measurement, rounded } from './measurement.js';
import { agentsProgram, startAgents } from './snmp/agents.js';
import { startExporter } from './snmp/exporter.js';
import { pollPlainly } from './snmp/plain-poller.js';

const AT_ONCE = 64;
const ROUNDS_AN_INTERVAL = 5;
const MOST_MICROSECONDS = 20;
const log = { info: () => {}, warn: console.warn, error: console.error };

interface Cost {
  readonly name: string;
  readonly microsecondsAPort: number;
  readonly portsASecond: number;
}

/**
 * What a port costs the collector each minute, its traffic kept, against others who read the same switches in the same
 * run.
 */
export async function measure(args: readonly string[]): Promise<Measurement> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      switches: { type: 'string', default: '200' },
      ports: { type: 'string', default: '48' },
      rounds: { type: 'string', default: '10' },
    },
  });
  const [switches, portsEach, rounds] = [Number(values.switches), Number(values.ports), Number(values.rounds)];
  const program = await agentsProgram();
  if (!program) {
    console.log(
      'skipped: there are no pretend switches here (set SNMP_AGENTS to the program, SNMP_AGENTS_SOURCE to its source)',
    );
    process.exit(0);
  }
  const agents = await startAgents(program, switches, portsEach, 30_001);
  const cluster = await startCluster();
  const knex = connect(`${cluster.url}/${TEMPLATE}`);
  Model.knex(knex);
  try {
    const ids = await inventory(agents.ports, portsEach);
    const ours = await costOfOurs(ids, portsEach, rounds);
    const memoryMb = Math.round(process.memoryUsage().rss / 2 ** 20);
    const plain = await costOf('plain poller, nothing kept', agents.ports, portsEach, 2, pollPlainly, ownCpuSeconds);
    const exporter = await costOfExporter(agents.ports, portsEach);
    const costs = [ours, plain, ...(exporter ? [exporter] : [])];
    const peer = exporter ?? plain;
    return {
      name: 'snmp',
      question: `${switches} switches × ${portsEach} ports each minute, kept in PostgreSQL, against ${peer.name}: processor time a port`,
      ratio: peer.microsecondsAPort / ours.microsecondsAPort,
      target: 2,
      table: [
        ['who', 'µs of CPU a port', 'ports a second'],
        ...costs.map(({ name, microsecondsAPort, portsASecond }) => [
          name,
          rounded(microsecondsAPort, 1),
          Math.round(portsASecond),
        ]),
      ],
      figures: {
        microsecondsAPort: rounded(ours.microsecondsAPort, 1),
        within: ours.microsecondsAPort <= MOST_MICROSECONDS,
        memoryMb,
        peer: peer.name,
      },
    };
  } finally {
    agents.stop();
    await knex.destroy();
    await cluster.stop();
  }
}

/**
 * Rounds one after the other; after each five of them, what five minutes leave: an interval a port, and where to go on
 * from.
 */
async function costOfOurs(ids: readonly { switchId: string; port: number }[], portsEach: number, rounds: number) {
  const now = () => new Date();
  const store = createPostgresMetrics({ knex: Model.knex(), now, rawMonths: 13 });
  const keeper = new Keeper(new IntervalBuffer({ store, most: 250_000, log }));
  const readers = createSwitchReaders({ timeoutMs: 1_500, retries: 2, firstId: randomInt(2 ** 31) });
  const handOver = keeper.take.bind(keeper);
  const common = { collector: 'bench', now, log, handOver, note: keeper.note.bind(keeper) };
  const devices = ids.map(({ switchId, port }) => {
    const access = { host: '127.0.0.1', port, version: '2c', community: 'public' } as const;
    return new Device({ ...common, switchId, reader: readers.reader(access) });
  });
  await inTurns(devices, (device) => device.poll()); // the first round finds out what there is
  const [begun, cpu] = [performance.now(), ownCpuSeconds()];
  for (let round = 1; round <= rounds; round++) {
    await inTurns(devices, (device) => device.poll());
    if (round % ROUNDS_AN_INTERVAL === 0) {
      const readings = devices.flatMap((device) => device.readings());
      const startsAt = startOf('interval', new Date(Date.now() - round * 60_000));
      const counted = { startsAt, inOctets: 1_000_000 + round, outOctets: 2_000_000, seconds: INTERVAL_SECONDS };
      keeper.take(
        readings.map(({ switchPortId: portId }) => ({ ...counted, portId })),
        readings,
      );
    }
    await keeper.keep();
  }
  const [seconds, spent] = [(performance.now() - begun) / 1_000, ownCpuSeconds() - cpu];
  readers.close();
  const reads = devices.length * portsEach * rounds;
  return { name: 'this collector', microsecondsAPort: (spent / reads) * 1e6, portsASecond: reads / seconds };
}

async function costOf(
  name: string,
  ports: readonly number[],
  portsEach: number,
  rounds: number,
  poll: (port: number) => Promise<unknown>,
  cpuSeconds: () => number,
): Promise<Cost> {
  const [begun, cpu] = [performance.now(), cpuSeconds()];
  for (let round = 0; round < rounds; round++) await inTurns(ports, poll);
  const [seconds, spent] = [(performance.now() - begun) / 1_000, cpuSeconds() - cpu];
  const reads = ports.length * portsEach * rounds;
  return { name, microsecondsAPort: (spent / reads) * 1e6, portsASecond: reads / seconds };
}

async function costOfExporter(ports: readonly number[], portsEach: number): Promise<Cost | undefined> {
  const exporter = await startExporter(await freePort());
  if (!exporter) return undefined;
  try {
    return await costOf('snmp_exporter, nothing kept', ports, portsEach, 2, exporter.poll, exporter.cpuSeconds);
  } finally {
    exporter.stop();
  }
}

function ownCpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function inTurns<Item>(items: readonly Item[], work: (item: Item) => Promise<unknown>): Promise<void> {
  const left = [...items];
  const worker = async () => {
    for (let item = left.pop(); item !== undefined; item = left.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Rows of the switches and their ports, written at once. */
async function inventory(ports: readonly number[], portsEach: number) {
  const knex = Model.knex();
  const siteId = randomUUID();
  await knex('sites').insert({ id: siteId, code: 'LIL2', city: 'Lille' });
  const ids = ports.map((port) => ({ switchId: randomUUID(), port }));
  const sealed = Buffer.from('public');
  for (const { switchId: id, port } of ids) {
    const access = { host: '127.0.0.1', port, version: '2c', communitySealed: sealed };
    await knex('switches').insert({ id, siteId, name: `sw-${port}`, ...access });
    const rows = Array.from({ length: portsEach }, (_, index) => ({
      ...{ switchId: id, ifIndex: index + 1, name: `Gi0/${index + 1}`, speedMbit: 10_000 },
    }));
    await knex('switch_ports').insert(rows);
  }
  return ids;
}
