import { parseArgs } from 'node:util';
import { startCluster } from '../../support/cluster.js';
import { surroundings } from '../../support/surroundings.js';
import { type Kind, kinds, nameOf } from './cell.js';
import { blocks } from './matrix.js';
import { writeReport } from './report.js';
import { type Known, keepResults } from './results.js';

const usage = `npm run faults [-- --seed N] [--only PATTERN] [--kind ${kinds.join('|')}] [--list] [--report]

Runs cells of the fault matrix, keeps what they came to, and writes docs/fault-matrix.md.
  --seed N        what is left to chance is decided by it; printed at each run
  --only PATTERN  cells whose name (process · step · fault) the regular expression meets
  --kind KIND     only simulated cells, or only real ones
  --list          names them and runs none
  --report        runs none, and writes the report from what is known`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
    kind: { type: 'string' },
    list: { type: 'boolean' },
    report: { type: 'boolean' },
    help: { type: 'boolean' },
  },
});
const seed = Number(values.seed);
if (values.help || !Number.isInteger(seed) || !(values.kind === undefined || kinds.includes(values.kind as Kind))) {
  console.log(usage);
  process.exit(values.help ? 0 : 2);
}
const pattern = new RegExp(values.only);
const wanted = blocks
  .filter(({ kind }) => values.kind === undefined || kind === values.kind)
  .map((block) => ({ block, places: block.places.filter((place) => pattern.test(nameOf(place))) }))
  .filter(({ places }) => places.length > 0);

if (values.list) for (const { places } of wanted) for (const place of places) console.log(nameOf(place));
else if (!values.report) process.exitCode = await run();
for (const kind of kinds) keepResults(kind, namesOf(kind), new Map());
if (!values.list) writeReport();
process.exit();

async function run(): Promise<number> {
  const cells = wanted.reduce((sum, { places }) => sum + places.length, 0);
  console.log(`${cells} cells, seed ${seed}`);
  const cluster = await startCluster();
  Object.assign(process.env, await surroundings(), { TEST_POSTGRES: cluster.url });
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cluster.stop().finally(() => process.exit(130)));
  const learned = new Map<string, Known | undefined>();
  try {
    for (const { block, places } of wanted) {
      console.log(`\n${block.name}`);
      await block.run(places, seed, (place, result) => {
        const name = nameOf(place);
        const known = 'failure' in result ? undefined : result;
        learned.set(name, known);
        keepResults(block.kind, namesOf(block.kind), new Map([[name, known]])); // at once: a run may be stopped
        console.log('failure' in result ? `  FAILED  ${name}` : `  ${name}: ${result.outcome}`);
        if ('failure' in result) console.error(result.failure, `\n  once more: --seed ${seed} --only '${name}'`);
      });
    }
  } finally {
    await cluster.stop();
  }
  const failed = [...learned.values()].filter((known) => known === undefined).length;
  console.log(`\n${learned.size - failed} hold, ${failed} do not; seed ${seed}`);
  return failed === 0 ? 0 : 1;
}

function namesOf(kind: Kind): string[] {
  return blocks.filter((block) => block.kind === kind).flatMap(({ places }) => places.map(nameOf));
}
