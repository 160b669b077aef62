import { parseArgs } from 'node:util';
import type { Block, Result } from './block.js';
import { type Kind, kinds, nameOf, type Place } from './cell.js';
import { blocks } from './matrix.js';
import { writeReport } from './report.js';
import { keepResults } from './results.js';
import { runAll } from './run.js';

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
else if (!values.report) process.exitCode = await runAll(wanted, seed, keep);
for (const kind of kinds) keepResults(kind, namesOf(kind), new Map());
if (!values.list) writeReport();
process.exit();

/** At once: a run may be stopped. */
function keep(block: Block, place: Place, result: Result): void {
  const known = 'failure' in result ? undefined : result;
  keepResults(block.kind, namesOf(block.kind), new Map([[nameOf(place), known]]));
}

function namesOf(kind: Kind): string[] {
  return blocks.filter((block) => block.kind === kind).flatMap(({ places }) => places.map(nameOf));
}
