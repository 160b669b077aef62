import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createActivities } from '../../activities/index.js';
import * as workflows from '../../workflows/index.js';
import { kinds, nameOf, stepFaults } from './matrix/cell.js';
import { blocks, told } from './matrix/matrix.js';
import { report, reportFile, rows } from './matrix/report.js';

const table = suite('[WFL-06] the fault matrix');
const places = [...blocks.flatMap(({ places }) => places), ...told];

table('names each of its cells once', () => {
  const names = places.map(nameOf);
  assert.equal(
    names.filter((name, at) => names.indexOf(name) !== at),
    [],
  );
});

table('has a row for every activity with every fault', () => {
  const registered = Object.keys(createActivities({ now: () => new Date() } as never));
  const missing = registered.flatMap((step) =>
    stepFaults
      .filter((fault) => !places.some((place) => place.step === step && place.fault === fault))
      .map((fault) => `${step} · ${fault}`),
  );
  assert.equal(missing, []);
});

table('has a row for every process, and for every step that a recorded run of it took', () => {
  const known = new Set(places.flatMap(({ process, step }) => [process, `${process} · ${step}`]));
  const taken = readdirSync('tests/histories')
    .filter((file) => file.endsWith('.json'))
    .flatMap(stepsIn);
  assert.equal(
    [...new Set([...Object.keys(workflows), ...taken])].filter((name) => !known.has(name)),
    [],
  );
});

table('has rows for the features and the groups of faults that it is for', () => {
  const features = new Set(places.flatMap((place) => place.features));
  const groups = new Set<string>(places.flatMap((place) => place.groups));
  const wanted = ['BIL-05', 'BIL-06', 'STF-07', 'WFL-01', 'WFL-03', 'WFL-04', 'WFL-06'];
  assert.equal(
    wanted.filter((feature) => !features.has(feature)),
    [],
  );
  const needed = ['F1', 'F2', 'F5', 'F6', 'F7', 'F8', 'F9', 'F10', 'F13', 'F15', 'F16', 'F17'];
  assert.equal(
    needed.filter((group) => !groups.has(group)),
    [],
  );
});

table('refers to tests that exist', () => {
  const missing = told.filter((cell) => {
    return 'shownBy' in cell && !readFileSync(cell.shownBy.file, 'utf8').includes(cell.shownBy.test);
  });
  assert.equal(missing.map(nameOf), []);
});

for (const kind of kinds) {
  table(`has no ${kind} cell that was never run, or failed`, () => {
    const empty = rows().filter(({ how, outcome }) => how === kind && outcome === '');
    assert.equal(empty.map(nameOf), [], `npm run faults -- --kind ${kind} --only …`);
  });
}

table('is what docs/fault-matrix.md shows', () => {
  assert.is(readFileSync(reportFile, 'utf8'), report(), 'npm run faults -- --report');
});

table.run();

interface RecordedEvent {
  readonly workflowExecutionStartedEventAttributes?: { readonly workflowType: { readonly name: string } };
  readonly activityTaskScheduledEventAttributes?: { readonly activityType: { readonly name: string } };
}

/** As `process · step`. */
function stepsIn(file: string): string[] {
  const { events } = JSON.parse(readFileSync(`tests/histories/${file}`, 'utf8')) as { events: RecordedEvent[] };
  const process = events[0]?.workflowExecutionStartedEventAttributes?.workflowType.name;
  const steps = events.map((event) => event.activityTaskScheduledEventAttributes?.activityType.name);
  return steps.flatMap((step) => (step ? [`${process} · ${step}`] : []));
}
