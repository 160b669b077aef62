import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { knownHoles } from './known-holes.js';
import { findingsIn, type Lock } from './locked.js';

const usage = `npm run check-packages [-- --offline]
Holds every installed package to the holes that are known: those written down in dev/packages/known-holes.ts, and those that the
registry knows by \`npm audit\`, unless --offline. Ends with 1 where there is one, with 2 where the registry cannot be asked.`;

const { values } = parseArgs({
  options: { offline: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});
if (values.help) {
  console.log(usage);
  process.exit(0);
}

const { open, excused } = findingsIn(JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock, knownHoles);
for (const { copy, version, hole } of excused) {
  console.log(`${copy} ${version} has ${hole.id}, and stays (${hole.excused?.on}): ${hole.excused?.because}`);
}
for (const { copy, version, hole } of open) {
  console.log(`${copy} ${version} has ${hole.id}: mended in ${hole.mendedIn}`);
}
const audited = values.offline ? 'clean' : await audit();
process.exit(open.length > 0 || audited === 'holes' ? 1 : audited === 'unanswered' ? 2 : 0);

interface Report {
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly nodes: readonly string[]; readonly range: string }>
  >;
}

/** Of what runs in production. What is excused above is no news. */
async function audit(): Promise<'clean' | 'holes' | 'unanswered'> {
  const told = await new Promise<string>((resolve) => {
    execFile('npm', ['audit', '--omit=dev', '--json'], { maxBuffer: 50_000_000 }, (_error, stdout) => resolve(stdout));
  });
  const report = read(told);
  if (!report?.vulnerabilities) {
    console.log('The registry does not answer `npm audit`: ask once more where one does.');
    return 'unanswered';
  }
  const news = Object.entries(report.vulnerabilities).filter(([name, { nodes }]) => !isExcused(name, nodes));
  for (const [name, { severity, range }] of news) console.log(`${name} ${range}: ${severity}, says the registry`);
  return news.length > 0 ? 'holes' : 'clean';
}

function read(told: string): Report | undefined {
  try {
    return JSON.parse(told) as Report;
  } catch {
    return undefined;
  }
}

function isExcused(name: string, nodes: readonly string[]): boolean {
  const hosts = knownHoles.flatMap(({ excused }) => excused?.within ?? []);
  return hosts.includes(name) || nodes.every((node) => hosts.some((host) => node.startsWith(`node_modules/${host}/`)));
}
